using Kwid.Core.Model;
using Microsoft.VisualBasic.FileIO;

namespace Kwid.Core.Reading.Facts;

/// <summary>Catalogues as comma-separated values (RFC 4180) with names in the first line, as CISA publishes KEV beside the JSON.</summary>
internal sealed class CatalogueTableReader : IFormatReader
{
    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root == FormatSniffer.Catalogue && body.Text[body.Start] is not ('{' or '[');

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        var facts = new CatalogueFacts();
        using var table = new TextFieldParser(new StringReader(body.Text.AsSpan(body.Start).ToString())) { TextFieldType = FieldType.Delimited, HasFieldsEnclosedInQuotes = true };
        table.SetDelimiters(",");
        string[]? names = null;
        while (!facts.IsFull && !table.EndOfData)
        {
            try
            {
                if (table.ReadFields() is not { } row) continue;
                if (names is null) names = [.. row.Select(CatalogueItem.NameOf)];
                else facts.Add(names.Zip(row).DistinctBy(field => field.First).ToDictionary(field => field.First, field => field.Second, StringComparer.Ordinal));
            }
            catch (MalformedLineException fault)
            {
                facts.Fault($"line {body.Line - 1 + fault.LineNumber}: its quotes don't match; it was left out.");
            }
        }

        return facts.Build(null, null);
    }
}
