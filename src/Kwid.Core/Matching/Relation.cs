using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>That two advisories belong together; they stay two.</summary>
/// <param name="Other">The other one.</param>
/// <param name="Key">What proved it: <c>reference FG-IR-26-001</c> or <c>cves CVE-2026-1234 CVE-2026-1235</c>.</param>
public sealed record Relation(AdvisoryId Other, string Key);
