using System.Text;

namespace Multitasking.Fuse.Files;

/// <summary>Which names are one: those with the same key.</summary>
internal abstract class NameKeys
{
    internal abstract string Of(ReadOnlySpan<byte> name);

    /// <summary>Every name is its bytes.</summary>
    internal sealed class Exact : NameKeys
    {
        internal override string Of(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name);
    }

    /// <summary>Names are one that differ in case, or in how an accent is written.</summary>
    /// <remarks>
    /// The letters with an accent are those of Latin-1: without ICU, which tests do not need, .NET knows no decompositions.
    /// Bytes that are no UTF-8 are themselves.
    /// </remarks>
    internal sealed class Folding : NameKeys
    {
        private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        // Grave, acute, circumflex, tilde, diaeresis, ring, cedilla.
        private const string Composed = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ";
        private const string Letters = "AAAAAACEEEEIIIINOOOOOUUUUY";
        private const string Accents = "\u0300\u0301\u0302\u0303\u0308\u030A\u0327\u0300\u0301\u0302\u0308\u0300\u0301\u0302\u0308\u0303\u0300\u0301\u0302\u0303\u0308\u0300\u0301\u0302\u0308\u0301";

        internal override string Of(ReadOnlySpan<byte> name)
        {
            string text;
            try
            {
                text = s_strict.GetString(name);
            }
            catch (DecoderFallbackException)
            {
                return Encoding.Latin1.GetString(name);
            }
            var key = new StringBuilder();
            foreach (char letter in text.ToUpperInvariant())
            {
                int index = Composed.IndexOf(letter);
                if (index < 0)
                    key.Append(letter);
                else
                    key.Append(Letters[index]).Append(Accents[index]);
            }
            return key.ToString();
        }
    }
}
