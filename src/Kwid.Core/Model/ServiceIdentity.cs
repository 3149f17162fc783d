namespace Kwid.Core.Model;

/// <summary>What every published byte needs to know of the installation: part of section <c>service</c>.</summary>
/// <param name="Title">Such as <c>KWID NRW</c>.</param>
/// <param name="PublicUrl">Address under which readers reach it, without a slash at the end.</param>
/// <param name="Authority">Tagging entity of entry ids (RFC 4151): <c>domain,date</c>. Never changed once editions exist.</param>
/// <param name="TimeZone">In which days are told to people.</param>
/// <param name="Contact">Address for questions; null when none is given.</param>
/// <param name="Hotline">Telephone number to call in an emergency; null when none is given.</param>
public sealed record ServiceIdentity(string Title, string PublicUrl, string Authority, TimeZoneInfo TimeZone, string? Contact, string? Hotline);
