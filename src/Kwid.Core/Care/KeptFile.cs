namespace Kwid.Core.Care;

/// <summary>A file of the data folder that nothing else can make again.</summary>
/// <param name="Name">In the data folder, without a path.</param>
/// <param name="Bytes">As it is.</param>
public sealed record KeptFile(string Name, byte[] Bytes);
