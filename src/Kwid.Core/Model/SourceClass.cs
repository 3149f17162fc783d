namespace Kwid.Core.Model;

/// <summary>How much it matters that a source is read on time.</summary>
public enum SourceClass
{
    /// <summary>Polled every hour by default.</summary>
    Normal,

    /// <summary>Polled every ten minutes by default; recipients are told when it is out of reach for hours.</summary>
    Must,
}
