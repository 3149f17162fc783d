using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

public class EffectReaderTests
{
    [Theory]
    [InlineData("Ein entfernter, anonymer Angreifer kann eine Schwachstelle in Libfoo ausnutzen, um beliebigen Programmcode auszuführen.", "CodeExecution", true, true)]
    [InlineData("Ein lokaler Angreifer kann eine Schwachstelle in Libfoo ausnutzen, um seine Privilegien zu erhöhen.", "PrivilegeEscalation", false, false)]
    [InlineData("Ein entfernter, authentisierter Angreifer kann Libfoo ausnutzen, um Sicherheitsvorkehrungen zu umgehen.", "SecurityBypass", true, false)]
    [InlineData("Ein Angreifer kann Libfoo ausnutzen, um einen Denial-of-Service-Zustand zu verursachen und vertrauliche Informationen offenzulegen.", "Disclosure DenialOfService", false, false)]
    [InlineData("Ein entfernter anonymer Angreifer kann Dateien manipulieren oder einen Cross-Site-Scripting-Angriff durchführen.", "Manipulation CrossSiteScripting", true, true)]
    [InlineData("Ein entfernter Angreifer kann Benutzer auf von ihm kontrollierte Seiten umleiten.", "Spoofing", true, false)]
    [InlineData("Die Schwachstelle ermöglicht es einem entfernten, nicht authentisierten Angreifer, Code zur Ausführung zu bringen.", "CodeExecution", true, true)]
    [InlineData("Ein Angreifer kann einen nicht näher spezifizierten Angriff durchführen.", "", false, false)]
    [InlineData("Successful exploitation could allow an unauthenticated, remote attacker to execute arbitrary code or cause a denial-of-service condition.", "CodeExecution DenialOfService", true, true)]
    [InlineData("Musterserver Remote Code Execution Vulnerability", "CodeExecution", false, false)]
    [InlineData("Muster Kernel Elevation of Privilege Vulnerability", "PrivilegeEscalation", false, false)]
    [InlineData("SCHWACHSTELLE ERMÖGLICHT RECHTEAUSWEITUNG", "PrivilegeEscalation", false, false)]
    [InlineData("", "", false, false)]
    public void Effects_are_what_the_words_say_the_gravest_first(string text, string effects, bool isRemote, bool needsNoLogin)
    {
        var attack = EffectReader.Read(text);

        Assert.Equal((effects, isRemote, needsNoLogin), (string.Join(' ', attack.Effects), attack.IsRemote, attack.NeedsNoLogin));
    }
}
