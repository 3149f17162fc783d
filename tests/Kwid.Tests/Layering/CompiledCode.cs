using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Kwid.Tests.Layering;

/// <summary>
/// Reads which types an assembly's code names, down to the state machines of async lambdas inside closures and to the types of catch clauses.
/// NetArchTest 1.3.2 sees neither (it looks one level deep into compiler-generated types), so that the metadata is read here.
/// </summary>
internal static class CompiledCode
{
    /// <summary>All references in the file, each place and type once.</summary>
    public static IReadOnlyList<NamedType> ReadReferences(string assemblyPath)
    {
        using var module = ModuleDefinition.ReadModule(assemblyPath);
        return [.. module.GetAllTypes().SelectMany(ReferencesOf).Distinct()];
    }

    private static IEnumerable<NamedType> ReferencesOf(TypeDefinition type)
    {
        var home = Outermost(type).Namespace;
        return
            from named in NamedByDeclaration(type).Select(t => (Place: type.FullName, Type: t))
                .Concat(type.Methods.SelectMany(method => NamedBy(method).Select(t => (Place: $"{type.FullName}.{method.Name}", Type: t))))
            from part in Parts(named.Type)
            select new NamedType(home, named.Place, Outermost(part).Namespace, part.FullName);
    }

    private static IEnumerable<TypeReference?> NamedByDeclaration(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.GenericParameters.SelectMany(Constraints),
        .. Attributes(type),
        .. type.Fields.SelectMany(field => Attributes(field).Append(field.FieldType)),
        .. type.Properties.SelectMany(property => Attributes(property).Append(property.PropertyType)),
        .. type.Events.SelectMany(e => Attributes(e).Append(e.EventType)),
    ];

    private static IEnumerable<TypeReference?> NamedBy(MethodDefinition method) =>
    [
        method.ReturnType,
        .. Attributes(method),
        .. Attributes(method.MethodReturnType),
        .. method.Parameters.SelectMany(parameter => Attributes(parameter).Append(parameter.ParameterType)),
        .. method.GenericParameters.SelectMany(Constraints),
        .. method.HasBody ? NamedBy(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> NamedBy(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => NamedBy(instruction.Operand)),
    ];

    private static IEnumerable<TypeReference?> NamedBy(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Constraints(GenericParameter parameter) => parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute =>
            attribute.ConstructorArguments.Concat(attribute.Properties.Select(p => p.Argument))
                .Select(argument => argument.Value as TypeReference)
                .Append(attribute.AttributeType));

    /// <summary>The types a type is made of: <c>List&lt;T[]&gt;</c> is List and T.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => Parts(generic.ElementType).Concat(generic.GenericArguments.SelectMany(Parts)),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }
}
