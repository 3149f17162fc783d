namespace Kwid.Core.Care;

/// <summary>How much of one kind of records there is, and a hash of all of it.</summary>
/// <param name="Kind">As the record's JSON names it: <c>revision</c>, <c>edition</c>, ….</param>
/// <param name="Count">Records.</param>
/// <param name="Hash">Hexadecimal: SHA-256 of each record's JSON, summed up modulo 2^256, so that it is the same in whatever order a store tells them.</param>
public sealed record KindTally(string Kind, long Count, string Hash);
