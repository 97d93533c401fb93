// A description is read more often than it is compiled: nothing in it goes without words and without its chapter.

/** Everything in the description that has a name. */
function* named({ types, enums = {}, instances, seq }) {
  const members = (place, { params = [], seq = [], instances = {} }) => [
    ...[...params, ...seq].map(field => [`${place}.${field.id}`, field]),
    ...Object.entries(instances).map(([id, field]) => [`${place}.${id}`, field]),
  ];
  yield* members('the container', { seq, instances });
  for (const [name, type] of Object.entries(types)) {
    yield [name, type];
    yield* members(name, type);
  }
  for (const [name, values] of Object.entries(enums)) {
    yield* Object.entries(values).map(([value, meaning]) => [`${name} ${value}`, meaning]);
  }
}

/** Fails for the first name without `doc` or `doc-ref`. */
export function requireDocs(description) {
  for (const [name, { doc, 'doc-ref': chapter }] of named(description)) {
    if (!doc || !/^spec\/\d\d-[a-z0-9-]+\.md$/.test(chapter ?? '')) {
      throw new Error(`${name}: 'doc' and a chapter as 'doc-ref' are missing.`);
    }
  }
}
