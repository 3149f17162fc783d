using System.Collections;
using System.Globalization;
using Kwid.Configuration.Json;
using Kwid.Configuration.Options;

namespace Kwid.Configuration.Binding;

/// <summary>Turns the tree into options by the options' own shape, reporting every unknown key, wrong type and missing key on the way.</summary>
internal sealed class Binder(Findings findings, Substitution substitution)
{
    /// <summary>Never null: what can't be bound keeps its default, and a mistake is reported.</summary>
    public T Bind<T>(Node node) where T : OptionsObject => (T)(BindObject(typeof(T), node) ?? Activator.CreateInstance<T>());

    /// <summary>A list of objects; empty, with a mistake, when it is none.</summary>
    public IReadOnlyList<T> BindList<T>(Node node) where T : OptionsObject => (IReadOnlyList<T>)(BindValue(typeof(IReadOnlyList<T>), node) ?? Array.Empty<T>());

    /// <summary>Null when it is no object; then the mistake is reported.</summary>
    private OptionsObject? BindObject(Type type, Node node)
    {
        if (!IsKind(node, NodeKind.Object, "write an object: { … }")) return null;
        var options = (OptionsObject)Activator.CreateInstance(type)!;
        options.Written = node;
        var keys = OptionKey.Of(type);
        foreach (var member in node.Members)
        {
            if (keys.FirstOrDefault(key => key.Name == member.Key) is { } key) BindMember(options, key, member);
            else TellUnknown(member, keys);
        }
        foreach (var key in keys.Where(key => key.IsRequired && !node.IsCut && node.Find(key.Name) is null))
            findings.Mistake(node.Place, Node.Join(node.Path, key.Name), Codes.MissingKey, $"no \"{key.Name}\"", $"add it: {key.Description}");
        return options;
    }

    private void TellUnknown(Member member, IReadOnlyList<OptionKey> keys)
    {
        var cure = Spelling.Cure(member.Key, keys.Select(key => key.Name));
        findings.Mistake(member.Place, member.Value.Path, Codes.UnknownKey, $"the unknown key \"{member.Key}\"", cure);
    }

    private void BindMember(OptionsObject options, OptionKey key, Member member)
    {
        var node = key.IsSecret ? Secrets.Veil(member.Value) : member.Value;
        if (key.IsSecret && Secrets.FindClear(node).ToList() is { Count: > 0 } clear)
        {
            foreach (var secret in clear) findings.Mistake(secret.Place, secret.Path, Codes.SecretInClear, "a secret in clear", "write ${env:NAME} or ${file:PATH} in its place, and change the secret");
            return;
        }
        if (node.Kind == NodeKind.Null && key.IsNullable)
        {
            key.Property.SetValue(options, null);
            return;
        }
        if (BindValue(key.Property.PropertyType, node) is not { } value) return;
        key.Property.SetValue(options, value);
        if (key.IsNotBuiltYet)
            findings.Warn(member.Place, node.Path, Codes.NotBuiltYet, $"\"{member.Key}\"", "expect no effect: this part is not supported yet");
    }

    /// <summary>Null when the value does not fit; then the mistake is reported.</summary>
    private object? BindValue(Type type, Node node)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (typeof(OptionsObject).IsAssignableFrom(type)) return BindObject(type, node);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) return BindMap(type.GenericTypeArguments[1], node);
        if (type.IsGenericType) return BindItems(type.GenericTypeArguments[0], node);
        if (type == typeof(bool)) return BindBoolean(node);
        if (type == typeof(long)) return BindNumber(node);
        return BindText(type, node);
    }

    private IDictionary? BindMap(Type type, Node node)
    {
        if (!IsKind(node, NodeKind.Object, "write an object whose keys are names: { \"name\": { … } }")) return null;
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), type))!;
        foreach (var member in node.Members)
            if (BindValue(type, member.Value) is { } value) map.Add(member.Key, value);
        return map;
    }

    private IList? BindItems(Type type, Node node)
    {
        if (!IsKind(node, NodeKind.Array, "write a list: [ … ]")) return null;
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        foreach (var item in node.Items)
            if (BindValue(type, item) is { } value) list.Add(value);
        return list;
    }

    private bool? BindBoolean(Node node)
    {
        if (node.Kind is NodeKind.True or NodeKind.False) return node.Kind is NodeKind.True;
        WrongType(node, "write true or false, without quotes");
        return null;
    }

    private long? BindNumber(Node node)
    {
        if (node.Kind == NodeKind.Number && long.TryParse(node.Text, CultureInfo.InvariantCulture, out var number)) return number;
        WrongType(node, "write a whole number, without quotes");
        return null;
    }

    private object? BindText(Type type, Node node)
    {
        if (!IsKind(node, NodeKind.Text, type == typeof(TimeSpan) ? TimeSpanText.Cure : "write a text in double quotes")) return null;
        if (ClearSecret.IsIn(node.Text))
        {
            findings.Mistake(node, Codes.SecretInClear, "write ${env:NAME} or ${file:PATH} in place of the password, and change the password");
            return null;
        }
        if (substitution.Apply(node) is not { } text) return null;
        if (type == typeof(TimeSpan)) return BindTimeSpan(node, text);
        if (type.IsEnum) return BindWord(type, node, text);
        if (text.Trim().Length > 0) return text;
        findings.Mistake(node, Codes.OutOfRange, "write a text, or leave it out");
        return null;
    }

    private TimeSpan? BindTimeSpan(Node node, string text)
    {
        if (TimeSpanText.TryParse(text, out var span)) return span;
        findings.Mistake(node, Codes.NotATimeSpan, TimeSpanText.Cure);
        return null;
    }

    private object? BindWord(Type type, Node node, string text)
    {
        if (Words.Find(type, text) is { } value) return value;
        findings.Mistake(node, Codes.NotAWord, $"write one of {string.Join(", ", Words.Of(type))}");
        return null;
    }

    private bool IsKind(Node node, NodeKind kind, string cure)
    {
        if (node.Kind != kind) WrongType(node, cure);
        return node.Kind == kind;
    }

    /// <summary>What was unreadable has been reported by the reader.</summary>
    private void WrongType(Node node, string cure)
    {
        if (node.Kind != NodeKind.Unreadable) findings.Mistake(node, Codes.WrongType, node.Kind == NodeKind.Null ? cure + ", or leave the key out" : cure);
    }
}
