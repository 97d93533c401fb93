// Where the fields of each type are, computed from the description for comparison with the specification and the engine.

const integerSizes = { u1: 1, u2: 2, u4: 4, u8: 8, s1: 1, s2: 2, s4: 4, s8: 8 };

/** The name of a type without its arguments: `node(tree)` is a `node`. Undefined for bytes and for switches. */
function typeName(field) {
  return typeof field.type === 'string' ? field.type.replace(/\(.*$/, '') : undefined;
}

/** How many bytes one element of the field takes, or null where that depends on the bytes. */
function elementLength(field, types) {
  if ('contents' in field) return field.contents.length;
  if (Number.isInteger(field.size)) return field.size;
  if ('size' in field || field['size-eos']) return null;
  const type = typeName(field);
  return integerSizes[type] ?? (type in types ? typeLength(types[type], types) : null);
}

/** How many bytes the field takes where it is there. */
function fieldLength(field, types) {
  const element = elementLength(field, types);
  if (element === null || !('repeat' in field)) return element;
  return Number.isInteger(field['repeat-expr']) ? element * field['repeat-expr'] : null;
}

/** How far the field moves the one behind it. */
function advance(field, types) {
  return 'if' in field ? null : fieldLength(field, types);
}

function typeLength({ seq = [] }, types) {
  return seq.reduce((sum, field) => add(sum, advance(field, types)), 0);
}

function add(offset, length) {
  return offset === null || length === null ? null : offset + length;
}

/** @returns {string} JSON: for each type its fields in order. An offset or length that depends on the bytes is null. */
export function fieldTable({ types }) {
  const tables = Object.entries(types).map(([name, { seq = [] }]) => {
    let offset = 0;
    const rows = seq.map(field => {
      const length = fieldLength(field, types);
      const type = typeName(field);
      const row = { name: field.id, offset, length, ...(type in types ? { type } : {}) };
      offset = add(offset, advance(field, types));
      return `    ${JSON.stringify(row)}`;
    });
    return `  ${JSON.stringify(name)}: [${rows.length > 0 ? `\n${rows.join(',\n')}\n  ` : ''}]`;
  });
  return `{\n${tables.join(',\n')}\n}\n`;
}
