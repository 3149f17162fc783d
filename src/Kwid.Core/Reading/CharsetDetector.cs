using System.Buffers;
using System.Text;

namespace Kwid.Core.Reading;

/// <summary>
/// Guesses the encoding of bytes that are not UTF-8 and that no label explains: each candidate decodes a sample, and the one whose letters look
/// most like words wins. In doubt windows-1252, which most such sources write.
/// </summary>
internal static class CharsetDetector
{
    /// <summary>How many bytes beyond ASCII decide.</summary>
    private const int Sample = 4_000;

    /// <summary>How many bytes are searched for them.</summary>
    private const int Searched = 400_000;

    /// <summary>In the order in which they win a tie. Common are the letters (or characters) that make up most of any text in the candidate's languages.</summary>
    private static readonly Candidate[] Candidates =
    [
        new("windows-1252", "äöüßéèàçñáíóúêâîôûëïæøåãõòùìœ", IsDense: false),
        new("windows-1250", "ąćęłńóśźżčďěňřšťůžýáéíőűăâîșțöüä", IsDense: false),
        new("iso-8859-2", "ąćęłńóśźżčďěňřšťůžýáéíőűăâîöüä", IsDense: false),
        new("windows-1251", "оеаинтсрвлкмдпуяыьгзбч", IsDense: true),
        new("koi8-r", "оеаинтсрвлкмдпуяыьгзбч", IsDense: true),
        new("iso-8859-5", "оеаинтсрвлкмдпуяыьгзбч", IsDense: true),
        new("ibm866", "оеаинтсрвлкмдпуяыьгзбч", IsDense: true),
        new("windows-1253", "αοιετσνηυρπκμλςωάίόέή", IsDense: true),
        new("windows-1255", "יוהלארתבשמנ", IsDense: true),
        new("windows-1256", "اليمنوترهبدعسفقكحجة", IsDense: true),
        new("windows-874", "านรอกเงมยลวดทตสปแไ่้ีิ", IsDense: true),
        new("shift_jis", "のにはをたがでてとしれさいるなかっこのンスルイトリー日一大年", IsDense: true),
        new("euc-jp", "のにはをたがでてとしれさいるなかっこのンスルイトリー日一大年", IsDense: true),
        new("euc-kr", "이다는에의을가고하지를은한로도사시어자기", IsDense: true),
        new("big5", "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可", IsDense: true),
        new("gb18030", "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可", IsDense: true),
    ];

    /// <summary>The most likely encoding of a body that is not valid UTF-8.</summary>
    public static Encoding Detect(ReadOnlySpan<byte> body)
    {
        var sample = TakeSample(body);
        var best = (Encoding: Charsets.Western, Score: double.MinValue);
        var mayBeDense = !AreBytesAlone(sample);
        foreach (var candidate in Candidates)
        {
            if (candidate.IsDense && !mayBeDense) continue;
            var encoding = Charsets.Find(candidate.Name)!;
            if (candidate.Score(encoding.GetString(sample)) is var score && score > best.Score + 0.01) best = (encoding, score);
        }

        return best.Encoding;
    }

    /// <summary>Whether most bytes beyond ASCII stand alone among ASCII ones, as accents and signs do, and not in words of their own.</summary>
    private static bool AreBytesAlone(ReadOnlySpan<byte> sample)
    {
        var (alone, all) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] < 0x80) continue;
            all++;
            if ((i == 0 || sample[i - 1] < 0x80) && (i + 1 == sample.Length || sample[i + 1] < 0x80)) alone++;
        }

        return alone * 2 > all;
    }

    /// <summary>Runs of bytes beyond ASCII with the byte before and behind each: what is between them says nothing.</summary>
    private static byte[] TakeSample(ReadOnlySpan<byte> body)
    {
        var sample = new ArrayBufferWriter<byte>(Sample * 2);
        var beyond = 0;
        body = body[..Math.Min(body.Length, Searched)];
        for (var i = 0; i < body.Length && beyond < Sample; i++)
        {
            if (body[i] > 0x7F) beyond++;
            // In double-byte encodings a second byte may be ASCII; two behind the last keep pairs whole.
            var isNear = body[i] > 0x7F || (i > 0 && body[i - 1] > 0x7F) || (i + 1 < body.Length && body[i + 1] > 0x7F);
            if (isNear) sample.Write(body.Slice(i, 1));
        }

        return sample.WrittenSpan.ToArray();
    }

    /// <param name="Name">Of the encoding.</param>
    /// <param name="Common">Its languages' most frequent characters beyond ASCII.</param>
    /// <param name="IsDense">Whether words are made of characters beyond ASCII alone, and not of a few among ASCII letters.</param>
    private sealed record Candidate(string Name, string Common, bool IsDense)
    {
        private readonly SearchValues<char> _common = SearchValues.Create(Common);

        /// <summary>Mean worth of the characters beyond ASCII.</summary>
        public double Score(string text)
        {
            var (sum, count, before) = (0.0, 0, ' ');
            foreach (var c in text)
            {
                if (c > 0x7F)
                {
                    sum += Worth(c, before);
                    count++;
                }

                before = c;
            }

            return count == 0 ? 0 : sum / count;
        }

        private double Worth(char c, char before)
        {
            if (c == '\uFFFD' || char.IsControl(c) || c is >= '\uE000' and <= '\uF8FF') return -6;
            var isInWord = char.IsLetter(before);
            var worth =
                _common.Contains(c) ? c > '\u2E80' ? 3.0 : 2.0                               // a few dozen of thousands of characters tell more than as many of thirty
                : char.IsUpper(c) ? isInWord ? -1.5 : 0.5                                    // case turns inside a word only where the table is wrong
                : char.IsLetter(c) ? 0.3
                : c is '©' or '®' or '°' or '§' or 'µ' or '™' or '½' or '¿' or '«' or '»' ? 0.5
                : char.IsBetween(c, '\u2013', '\u2026') || c is '\u00A0' or '€' || char.IsBetween(c, '\u3000', '\u303F') ? 0.5
                : -1.5;
            if (IsDense != (before > 0x7F && isInWord) && char.IsLetter(c)) worth -= IsDense ? 0.5 : 1.5;
            return worth;
        }
    }
}
