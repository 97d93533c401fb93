// The two keys of ours that stand beside each check of the description, as a C# table.

/** All checks of the description, each with the path under which the generated parser reports it. */
function* checks(description) {
  for (const [type, { seq = [], instances = {} }] of Object.entries(description.types)) {
    const fields = [
      ...seq.map((field, index) => ({ field, id: field.id, place: `seq/${index}` })),
      ...Object.entries(instances).map(([id, field]) => ({ field, id, place: `instances/${id}` })),
    ];
    for (const { field, id, place } of fields) {
      const checked = 'valid' in field || 'contents' in field;
      const named = '-requirement' in field && '-fault' in field;
      if (checked !== named) {
        throw new Error(`${type}.${id}: a check and its -requirement and -fault go together.`);
      }
      if (checked) {
        yield { path: `/types/${type}/${place}`, name: `${type}.${id}`, requirement: field['-requirement'], fault: field['-fault'] };
      }
    }
  }
}

/** @returns {string} the source of a class that finds requirement and fault by path. */
export function faultTable(description, className) {
  const rows = [...checks(description)].map(
    ({ path, name, requirement, fault }) => `        "${path}" => ("${name}", "${requirement}", "${fault}"),`);
  return `
namespace Cartridge.Formats.Generated;

/// <summary>What is wrong where a value of the description is not valid.</summary>
internal static class ${className}
{
    /// <summary>Finds the field, the requirement and the error of a failed check by its path in the description.</summary>
    internal static (string Field, string Requirement, string Fault)? Find(string sourcePath) => sourcePath switch
    {
${rows.join('\n')}
        _ => null,
    };
}
`;
}
