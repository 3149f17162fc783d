namespace Kwid.Core.Model;

/// <summary>Recipients with equal effective subscription, ceiling and channel: they see the same entries, so each is decided and logged once.</summary>
/// <param name="Id">Stable text made of the three; the class log's key.</param>
/// <param name="Ceiling">Highest label that its way out may carry.</param>
/// <param name="Subscription">What its members asked for.</param>
public sealed record AudienceClass(string Id, Tlp Ceiling, Subscription Subscription);
