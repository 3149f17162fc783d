using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>Reads one family of formats. One implementation a format.</summary>
internal interface IFormatReader
{
    /// <summary>Whether the body is of this format.</summary>
    bool Reads(SniffedBody body);

    /// <summary>Reads all entries it can; what it cannot stands in <see cref="ReadDocument.Faults"/>. Never throws for bad data.</summary>
    /// <param name="body">A body that <see cref="Reads"/>.</param>
    /// <param name="address">What relative addresses are relative to, unless the document says otherwise.</param>
    ReadDocument Read(SniffedBody body, Uri address);
}
