# The bytes of a .cart container, format 3, as far as a Kaitai Struct description can say them.
#
# What a description cannot say (hashes, the order of keys, who owns a page) is left to the reader that uses it. Two keys of ours stand
# beside each `valid` or `contents`, and compilers pass over them: `-requirement` names the sentence of the specification that is
# broken when the value is not valid, `-fault` the error that a reader reports. Types stand in the order of the chapters in `spec/`.
meta:
  id: cartridge_3
  title: Cartridge container, format 3
  file-extension: cart
  license: MIT OR Apache-2.0
  ks-version: '0.11'
  endian: le

doc: |
  A tree of named contents in a file of 4096-byte pages. Page 0 says what the file is and never changes; everything else hangs, as
  copy-on-write B+trees, from the commit record in page 1 or 2. Offsets and lengths are in bytes, page numbers count from 0, integers
  are little-endian except in the keys of content tree and system tree, times are nanoseconds since 1970-01-01T00:00:00Z.
doc-ref: spec/01-conventions.md

seq:
  - id: identity
    size: 4096
    type: identity_page
    doc: Page 0.
    doc-ref: spec/02-identity.md

instances:
  even_record:
    pos: 4096
    size: 4096
    type: commit_record
    doc: Page 1, which holds the commit record of the newest even generation.
    doc-ref: spec/04-commit.md
  odd_record:
    pos: 8192
    size: 4096
    type: commit_record
    doc: Page 2, which holds the commit record of the newest odd generation.
    doc-ref: spec/04-commit.md
  newest_record:
    value: 'even_record.proof.generation > odd_record.proof.generation ? even_record : odd_record'
    doc: |
      The record that carries the state, provided that both records verify. Where one does not, the other one carries it; whether a
      record verifies takes a hash, which a description cannot compute.
    doc-ref: spec/04-commit.md

types:

  # ---- Identity ---------------------------------------------------------------------------------------------------------

  identity_page:
    doc: What the container is. Written once, when it is created.
    doc-ref: spec/02-identity.md
    seq:
      - id: mark
        type: format_mark
        doc: Which format this is.
        doc-ref: spec/02-identity.md
      - id: container_id
        size: 16
        doc: Random bytes that no other container has.
        doc-ref: spec/02-identity.md
      - id: created
        type: s8
        doc: When the container was created, in nanoseconds since the epoch.
        doc-ref: spec/02-identity.md
      - id: content_checksum
        type: u1
        enum: content_checksum
        valid:
          in-enum: true
        -requirement: CART-HDR-005
        -fault: page.out-of-range
        doc: The checksum of the chunks of content. Long values and the free map always have SHA-256.
        doc-ref: spec/02-identity.md
      - id: encrypted
        type: u1
        valid:
          max: 1
        -requirement: CART-HDR-006
        -fault: container.unknown-feature
        doc: Whether content is encrypted, 0 or 1.
        doc-ref: spec/02-identity.md
      - id: reserved_1
        size: 278
        valid:
          expr: _.max == 0
        -requirement: CART-HDR-008
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/02-identity.md
      - id: slug_length
        type: u1
        valid:
          min: 1
        -requirement: CART-HDR-007
        -fault: page.out-of-range
        doc: The length of the slug.
        doc-ref: spec/02-identity.md
      - id: slug
        size: 255
        type: slug(slug_length)
        doc: The container's name for machines, and zeros.
        doc-ref: spec/02-identity.md
      - id: reserved_2
        size: 3488
        valid:
          expr: _.max == 0
        -requirement: CART-HDR-008
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/02-identity.md
      - id: hash
        size: 32
        doc: SHA-256 of bytes 0 to 4063.
        doc-ref: spec/02-identity.md

  format_mark:
    doc: The first 16 bytes of the file. A reader of another format, or of another version, stops after them.
    doc-ref: spec/02-identity.md
    seq:
      - id: magic
        contents: [0x43, 0x41, 0x52, 0x54, 0x00, 0x03, 0x0d, 0x0a]
        -requirement: CART-HDR-001
        -fault: container.bad-magic
        doc: The letters CART, the number of the format, and a line end that shows a transfer as text.
        doc-ref: spec/02-identity.md
      - id: major_version
        type: u2
        valid: 3
        -requirement: CART-HDR-002
        -fault: container.unsupported-version
        doc: The major version.
        doc-ref: spec/02-identity.md
      - id: minor_version
        type: u2
        valid: 0
        -requirement: CART-HDR-002
        -fault: container.unsupported-version
        doc: The minor version.
        doc-ref: spec/02-identity.md
      - id: block_size
        type: u4
        valid: 4096
        -requirement: CART-HDR-003
        -fault: container.bad-block-size
        doc: The size of a page.
        doc-ref: spec/02-identity.md

  slug:
    doc: A name of lower-case letters, digits and inner hyphens in a field of fixed length.
    doc-ref: spec/02-identity.md
    params:
      - id: length
        type: u1
        doc: How many bytes of the field are the name.
        doc-ref: spec/02-identity.md
    seq:
      - id: text
        size: length
        type: str
        encoding: ASCII
        doc: The name.
        doc-ref: spec/02-identity.md
      - id: padding
        size-eos: true
        valid:
          expr: _.length == 0 or _.max == 0
        -requirement: CART-HDR-008
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/02-identity.md

  # ---- Pages and references ---------------------------------------------------------------------------------------------

  page_header:
    doc: The first 64 bytes of every metadata page, which prove that the page is what and where it claims to be.
    doc-ref: spec/03-pages.md
    params:
      - id: expected_type
        type: u1
        enum: page_type
        doc: The type that the place which led here asks for.
        doc-ref: spec/03-pages.md
    seq:
      - id: type
        type: u1
        enum: page_type
        valid: expected_type
        -requirement: CART-PAG-003
        -fault: page.bad-type
        doc: What the page holds.
        doc-ref: spec/03-pages.md
      - id: hash
        size: 32
        doc: SHA-256 of bytes 33 to 4095 of the page.
        doc-ref: spec/03-pages.md
      - id: type_again
        type: u1
        enum: page_type
        valid: expected_type
        -requirement: CART-PAG-006
        -fault: page.bad-type
        doc: The type once more, where the hash covers it.
        doc-ref: spec/03-pages.md
      - id: reserved
        size: 6
        valid:
          expr: _.max == 0
        -requirement: CART-PAG-007
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/03-pages.md
      - id: container_prefix
        size: 8
        doc: The first 8 bytes of the container id.
        doc-ref: spec/03-pages.md
      - id: page_number
        type: u8
        doc: The page's own number.
        doc-ref: spec/03-pages.md
      - id: birth
        type: u8
        doc: The generation whose commit wrote the page.
        doc-ref: spec/03-pages.md

  page_reference:
    doc: Refers to a tree node and vouches for it.
    doc-ref: spec/03-pages.md
    params:
      - id: tree
        type: u1
        enum: page_type
        doc: The type of the nodes of the tree that the reference belongs to.
        doc-ref: spec/03-pages.md
    seq:
      - id: page
        type: u8
        valid:
          max: 0x7ffffffffffff
        -requirement: CART-PAG-001
        -fault: page.out-of-range
        doc: The page's number. Page 0 refers to nothing.
        doc-ref: spec/03-pages.md
      - id: birth
        type: u8
        doc: The page's birth.
        doc-ref: spec/03-pages.md
      - id: hash
        size: 32
        doc: The hash in the page's header.
        doc-ref: spec/03-pages.md
    instances:
      node:
        io: _root._io
        pos: (page * 4096).as<s8>
        size: 4096
        type: node(tree)
        if: page != 0
        doc: The node that the reference leads to.
        doc-ref: spec/06-trees.md

  tree_reference:
    doc: Refers to a tree; all zero for an empty one.
    doc-ref: spec/03-pages.md
    params:
      - id: tree
        type: u1
        enum: page_type
        doc: The type of the tree's nodes.
        doc-ref: spec/03-pages.md
    seq:
      - id: page_reference
        type: page_reference(tree)
        doc: The root node.
        doc-ref: spec/03-pages.md
      - id: entry_count
        type: u8
        doc: How many records all leaves hold together.
        doc-ref: spec/03-pages.md
      - id: level
        type: u1
        valid:
          max: 15
        -requirement: CART-TRE-001
        -fault: tree.bad-level
        doc: The level of the root node; 0 where it is a leaf.
        doc-ref: spec/03-pages.md
      - id: reserved
        size: 7
        valid:
          expr: _.max == 0
        -requirement: CART-PAG-012
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/03-pages.md

  blob_reference:
    doc: |
      Refers to bytes that are stored in whole pages outside the trees. The stored bytes fill the runs one after the other; what is left
      of the last page is zero. A description cannot join runs: where there are several, the reader of the description does.
    doc-ref: spec/03-pages.md
    seq:
      - id: logical_length
        type: u4
        valid:
          min: 1
        -requirement: CART-BLB-004
        -fault: content.size-mismatch
        doc: How many bytes there are after decoding.
        doc-ref: spec/03-pages.md
      - id: stored_length
        type: u4
        valid:
          min: 1
        -requirement: CART-BLB-005
        -fault: content.size-mismatch
        doc: How many bytes are stored; the logical length where no codec is at work.
        doc-ref: spec/03-pages.md
      - id: birth
        type: u8
        doc: The generation whose commit wrote the bytes.
        doc-ref: spec/03-pages.md
      - id: checksum
        size: 32
        doc: SHA-256 of the stored bytes, or their CRC-32C in the first four bytes and zeros.
        doc-ref: spec/03-pages.md
      - id: codec
        type: u1
        enum: codec
        valid:
          in-enum: true
        -requirement: CART-BLB-003
        -fault: codec.unknown
        doc: How the stored bytes are encoded.
        doc-ref: spec/03-pages.md
      - id: run_count
        type: u1
        valid:
          min: 1
          max: 64
        -requirement: CART-BLB-002
        -fault: page.out-of-range
        doc: How many runs follow.
        doc-ref: spec/03-pages.md
      - id: runs
        type: blob_run
        repeat: expr
        repeat-expr: run_count
        doc: Where the stored bytes are, in their order.
        doc-ref: spec/03-pages.md

  blob_run:
    doc: Neighbouring pages of a blob.
    doc-ref: spec/03-pages.md
    seq:
      - id: page
        type: u8
        valid:
          min: 3
          max: 0x7ffffffffffff
        -requirement: CART-BLB-006
        -fault: page.out-of-range
        doc: The number of the first page.
        doc-ref: spec/03-pages.md
      - id: pages
        type: u2
        valid:
          min: 1
        -requirement: CART-BLB-006
        -fault: page.out-of-range
        doc: How many pages there are.
        doc-ref: spec/03-pages.md
    instances:
      body:
        io: _root._io
        pos: (page * 4096).as<s8>
        size: pages * 4096
        doc: The bytes of the pages, padding included.
        doc-ref: spec/03-pages.md

  # ---- Commit record ----------------------------------------------------------------------------------------------------

  commit_record:
    doc: One state of the container. The record of generation g stands in page 1 + g mod 2.
    doc-ref: spec/04-commit.md
    seq:
      - id: proof
        type: commit_proof
        doc: What decides whether the record verifies.
        doc-ref: spec/04-commit.md
      - id: identity_hash
        size: 32
        doc: SHA-256 of page 0, all of it.
        doc-ref: spec/04-commit.md
      - id: compatible_features
        type: u8
        doc: A reader ignores the bits that it does not know.
        doc-ref: spec/04-commit.md
      - id: read_only_compatible_features
        type: u8
        doc: A program that does not know one of the bits may read and may not write.
        doc-ref: spec/04-commit.md
      - id: incompatible_features
        type: u8
        valid: 0
        -requirement: CART-COM-013
        -fault: container.unknown-feature
        doc: A reader that does not know one of the bits refuses the container. This edition defines none.
        doc-ref: spec/04-commit.md
      - id: total_blocks
        type: u8
        valid:
          min: 3
          max: 0x8000000000000
        -requirement: CART-COM-015
        -fault: page.out-of-range
        doc: How many pages the container has. The file may be longer.
        doc-ref: spec/04-commit.md
      - id: free_blocks
        type: u8
        valid:
          max: total_blocks - 3
        -requirement: CART-COM-031
        -fault: page.out-of-range
        doc: How many of them the state does not reach.
        doc-ref: spec/04-commit.md
      - id: growth_cap
        type: u8
        valid:
          expr: _ == 0 or _ >= total_blocks
        -requirement: CART-COM-017
        -fault: page.out-of-range
        doc: The most pages that the container may have; 0 for no cap.
        doc-ref: spec/04-commit.md
      - id: growth_threshold
        type: u1
        valid:
          max: 100
        -requirement: CART-COM-018
        -fault: page.out-of-range
        doc: The share of free pages, in percent, below which the container grows.
        doc-ref: spec/04-commit.md
      - id: s3_versioning
        type: u1
        valid:
          max: 1
        -requirement: CART-COM-019
        -fault: page.out-of-range
        doc: The fuse of object versions.
        doc-ref: spec/04-commit.md
      - id: s3_acl
        type: u1
        valid:
          max: 2
        -requirement: CART-COM-019
        -fault: page.out-of-range
        doc: The fuse of access control lists.
        doc-ref: spec/04-commit.md
      - id: s3_sse
        type: u1
        valid:
          max: 2
        -requirement: CART-COM-019
        -fault: page.out-of-range
        doc: The fuse of server-side encryption.
        doc-ref: spec/04-commit.md
      - id: default_codec
        type: u1
        enum: codec
        valid:
          in-enum: true
        -requirement: CART-COM-032
        -fault: codec.unknown
        doc: How content is to be stored whose file has no choice of its own.
        doc-ref: spec/10-codecs.md
      - id: default_level
        type: u1
        valid:
          max: 22
        -requirement: CART-COM-033
        -fault: page.out-of-range
        doc: How hard a writer tries; 0 for the codec's default.
        doc-ref: spec/10-codecs.md
      - id: reserved_1
        size: 2
        valid:
          expr: _.max == 0
        -requirement: CART-COM-020
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/04-commit.md
      - id: next_file_id
        type: u8
        valid:
          min: 1
        -requirement: CART-COM-021
        -fault: page.out-of-range
        doc: Greater than every file id that was ever given.
        doc-ref: spec/04-commit.md
      - id: next_snapshot_id
        type: u8
        valid:
          min: 1
        -requirement: CART-COM-022
        -fault: page.out-of-range
        doc: Greater than every snapshot id that was ever given.
        doc-ref: spec/04-commit.md
      - id: base_snapshot
        type: u8
        valid:
          max: next_snapshot_id - 1
        -requirement: CART-COM-023
        -fault: page.out-of-range
        doc: The snapshot that catalog and content descend from; 0 where there is none.
        doc-ref: spec/04-commit.md
      - id: catalog_tree
        type: tree_reference(page_type::catalog_node)
        doc: Paths and what is at them.
        doc-ref: spec/07-catalog.md
      - id: content_tree
        type: tree_reference(page_type::content_node)
        doc: The chunks of files that are not inline.
        doc-ref: spec/08-content.md
      - id: system_tree
        type: tree_reference(page_type::system_node)
        doc: The snapshots.
        doc-ref: spec/04-commit.md
      - id: audit_size
        type: u8
        valid: 0
        -requirement: CART-COM-024
        -fault: page.out-of-range
        doc: The size of the audit tree. Always 0 in this edition.
        doc-ref: spec/04-commit.md
      - id: audit_root
        size: 32
        valid:
          expr: _.max == 0
        -requirement: CART-COM-024
        -fault: page.out-of-range
        doc: The root of the audit tree. Always zero in this edition.
        doc-ref: spec/04-commit.md
      - id: title_length
        type: u1
        doc: The length of the title.
        doc-ref: spec/04-commit.md
      - id: title
        size: 255
        type: title(title_length)
        doc: The container's name for people, and zeros.
        doc-ref: spec/04-commit.md
      - id: key_slots
        size: 132
        type: key_slot
        repeat: expr
        repeat-expr: 8
        doc: Wrapped keys. Zero where nothing is encrypted.
        doc-ref: spec/11-encryption.md
      - id: hmac
        size: 32
        doc: The record's HMAC. Zero where nothing is encrypted.
        doc-ref: spec/11-encryption.md
      - id: free_map_kind
        type: u1
        enum: free_map_kind
        valid:
          in-enum: true
        -requirement: CART-COM-029
        -fault: page.out-of-range
        doc: Where the free map is.
        doc-ref: spec/09-space.md
      - id: reserved_2
        size: 1
        valid:
          expr: _.max == 0
        -requirement: CART-COM-020
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/04-commit.md
      - id: extent_count
        type: u2
        valid:
          max: 115
        -requirement: CART-SPC-009
        -fault: page.out-of-range
        doc: How many extents an inline map has; 0 with any other map.
        doc-ref: spec/09-space.md
      - id: reserved_3
        size: 4
        valid:
          expr: _.max == 0
        -requirement: CART-COM-020
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/04-commit.md
      - id: free_map_area
        size: 2304
        type:
          switch-on: free_map_kind
          cases:
            free_map_kind::absent: absent_free_map
            free_map_kind::inline: inline_free_map
            free_map_kind::blob: blob_free_map
        doc: The free map, or a reference to it, and zeros.
        doc-ref: spec/09-space.md

  key_slot:
    doc: The master key of an encrypted container, wrapped under one of the keys that open it. Judged by the reader, which knows page 0.
    doc-ref: spec/11-encryption.md
    seq:
      - id: kind
        type: u1
        enum: key_slot_kind
        doc: What opens the slot.
        doc-ref: spec/11-encryption.md
      - id: reserved
        size: 3
        doc: Zero.
        doc-ref: spec/11-encryption.md
      - id: rounds
        type: u4
        doc: Rounds of PBKDF2 for a passphrase; otherwise 0.
        doc-ref: spec/11-encryption.md
      - id: salt
        size: 32
        doc: Of PBKDF2 and of HKDF.
        doc-ref: spec/11-encryption.md
      - id: wrap_nonce
        size: 12
        doc: The nonce of the wrapped key.
        doc-ref: spec/11-encryption.md
      - id: wrapped_key
        size: 32
        doc: The master key, encrypted.
        doc-ref: spec/11-encryption.md
      - id: wrap_tag
        size: 16
        doc: The tag of the wrapped key.
        doc-ref: spec/11-encryption.md
      - id: commitment
        size: 32
        doc: Tells a wrong key.
        doc-ref: spec/11-encryption.md

  seal:
    doc: What stands beside a ciphertext.
    doc-ref: spec/11-encryption.md
    seq:
      - id: nonce
        size: 24
        doc: Random bytes.
        doc-ref: spec/11-encryption.md
      - id: tag
        size: 16
        doc: The tag of ciphertext and associated data.
        doc-ref: spec/11-encryption.md

  commit_proof:
    doc: |
      The first 96 bytes of a record. The record verifies if header, page number, birth, parity of the generation and container id agree
      with one another and with the identity, and the hash with the page. All that is wrong behind these bytes is a fault of the state.
    doc-ref: spec/04-commit.md
    seq:
      - id: page_header
        type: page_header(page_type::commit_record)
        doc: The page header, whose birth is the generation.
        doc-ref: spec/03-pages.md
      - id: generation
        type: u8
        doc: The number of the state. Each commit adds one.
        doc-ref: spec/04-commit.md
      - id: time
        type: s8
        doc: When the commit was made, in nanoseconds since the epoch.
        doc-ref: spec/04-commit.md
      - id: container_id
        size: 16
        doc: The container id of page 0.
        doc-ref: spec/04-commit.md

  title:
    doc: A UTF-8 text in a field of fixed length.
    doc-ref: spec/04-commit.md
    params:
      - id: length
        type: u1
        doc: How many bytes of the field are the text.
        doc-ref: spec/04-commit.md
    seq:
      - id: bytes
        size: length
        doc: The text, as bytes, so that a reader can refuse what is not UTF-8.
        doc-ref: spec/04-commit.md
      - id: padding
        size-eos: true
        valid:
          expr: _.length == 0 or _.max == 0
        -requirement: CART-COM-026
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/04-commit.md
    instances:
      text:
        value: bytes.to_s("UTF-8")
        doc: The text.
        doc-ref: spec/04-commit.md

  # ---- Trees ------------------------------------------------------------------------------------------------------------

  node:
    doc: |
      A page of a tree. The key of a cell is the node's prefix and the cell's suffix. Cells fill the page from its end, without gaps and in
      the order of their slots: cell 0 ends where the page does, each further one where the one before it begins.
    doc-ref: spec/06-trees.md
    params:
      - id: tree
        type: u1
        enum: page_type
        doc: The type of the tree's nodes.
        doc-ref: spec/06-trees.md
    seq:
      - id: page_header
        type: page_header(tree)
        doc: The page header.
        doc-ref: spec/03-pages.md
      - id: level
        type: u1
        doc: The distance to the leaves; 0 in a leaf.
        doc-ref: spec/06-trees.md
      - id: reserved_1
        size: 1
        valid:
          expr: _.max == 0
        -requirement: CART-TRE-003
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/06-trees.md
      - id: cell_count
        type: u2
        valid:
          min: 1
        -requirement: CART-TRE-004
        -fault: tree.empty-node
        doc: How many cells there are.
        doc-ref: spec/06-trees.md
      - id: prefix_length
        type: u2
        valid:
          max: 1152
        -requirement: CART-TRE-005
        -fault: tree.bad-cell
        doc: The length of the prefix.
        doc-ref: spec/06-trees.md
      - id: reserved_2
        size: 2
        valid:
          expr: _.max == 0
        -requirement: CART-TRE-003
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/06-trees.md
      - id: first_child
        type: page_reference(tree)
        if: level != 0
        doc: The child whose keys are below the key of cell 0.
        doc-ref: spec/06-trees.md
      - id: prefix
        size: prefix_length
        doc: What all keys of the node begin with.
        doc-ref: spec/06-trees.md
      - id: slots
        type: slot(_index)
        repeat: expr
        repeat-expr: cell_count
        doc: Where the cells are, in the order of their keys.
        doc-ref: spec/06-trees.md
    instances:
      slots_end:
        value: '72 + (level == 0 ? 0 : 48) + prefix_length + 2 * cell_count'
        doc: Where the slots end in the page.
        doc-ref: spec/06-trees.md
      gap:
        pos: slots_end
        size: slots.last.offset - slots_end
        valid:
          expr: _.length == 0 or _.max == 0
        -requirement: CART-TRE-007
        -fault: page.reserved-nonzero
        doc: Zero. An instance, so that cells that are out of place are not taken for bytes that should be zero.
        doc-ref: spec/06-trees.md

  slot:
    doc: The place of a cell.
    doc-ref: spec/06-trees.md
    params:
      - id: index
        type: s4
        doc: The number of the cell in its node.
        doc-ref: spec/06-trees.md
    seq:
      - id: offset
        type: u2
        doc: Where the cell begins in the page.
        doc-ref: spec/06-trees.md
    instances:
      end:
        value: 'index == 0 ? 4096 : _parent.slots[index - 1].offset'
        doc: Where the cell ends in the page.
        doc-ref: spec/06-trees.md
      leaf_cell:
        pos: offset
        size: end - offset
        type: leaf_cell(_parent.tree)
        if: _parent.level == 0
        doc: The cell, in a leaf.
        doc-ref: spec/06-trees.md
      interior_cell:
        pos: offset
        size: end - offset
        type: interior_cell(_parent.tree)
        if: _parent.level != 0
        doc: The cell, in an interior node.
        doc-ref: spec/06-trees.md

  interior_cell:
    doc: A separator and the child on its right, whose keys are not below the separator.
    doc-ref: spec/06-trees.md
    params:
      - id: tree
        type: u1
        enum: page_type
        doc: The type of the tree's nodes.
        doc-ref: spec/06-trees.md
    seq:
      - id: suffix_length
        type: u2
        doc: The length of the suffix.
        doc-ref: spec/06-trees.md
      - id: suffix
        size: suffix_length
        doc: The end of the separator.
        doc-ref: spec/06-trees.md
      - id: child
        type: page_reference(tree)
        doc: The child.
        doc-ref: spec/06-trees.md
      - id: rest
        size-eos: true
        valid:
          expr: _.length == 0
        -requirement: CART-TRE-006
        -fault: tree.bad-cell
        doc: Nothing.
        doc-ref: spec/06-trees.md

  leaf_cell:
    doc: A record of the tree.
    doc-ref: spec/06-trees.md
    params:
      - id: tree
        type: u1
        enum: page_type
        doc: The type of the tree's nodes.
        doc-ref: spec/06-trees.md
    seq:
      - id: suffix_length
        type: u2
        doc: The length of the suffix.
        doc-ref: spec/06-trees.md
      - id: value_kind
        type: u1
        enum: value_kind
        valid:
          in-enum: true
        -requirement: CART-TRE-009
        -fault: tree.bad-cell
        doc: Whether the value stands here.
        doc-ref: spec/06-trees.md
      - id: value_length
        type: u2
        doc: The length of what stands here.
        doc-ref: spec/06-trees.md
      - id: suffix
        size: suffix_length
        doc: The end of the key.
        doc-ref: spec/06-trees.md
      - id: value
        size: value_length
        type: leaf_value(tree, value_kind)
        doc: The value, or a reference to it.
        doc-ref: spec/06-trees.md
      - id: rest
        size-eos: true
        valid:
          expr: _.length == 0
        -requirement: CART-TRE-006
        -fault: tree.bad-cell
        doc: Nothing.
        doc-ref: spec/06-trees.md

  leaf_value:
    doc: |
      The value of a leaf cell, seen as what it is in its tree. Instances, so that a cell can be taken apart before its value is.
    doc-ref: spec/06-trees.md
    params:
      - id: tree
        type: u1
        enum: page_type
        doc: The type of the tree's nodes.
        doc-ref: spec/06-trees.md
      - id: kind
        type: u1
        enum: value_kind
        doc: Whether the value stands here.
        doc-ref: spec/06-trees.md
    instances:
      bytes:
        pos: 0
        size-eos: true
        doc: What stands there, for whoever compares.
        doc-ref: spec/06-trees.md
      catalog_record:
        pos: 0
        size-eos: true
        type: catalog_record
        if: tree == page_type::catalog_node and kind == value_kind::inline
        doc: The record of a path.
        doc-ref: spec/07-catalog.md
      long_value:
        pos: 0
        size-eos: true
        type: long_value
        if: kind == value_kind::long
        doc: A reference to a value that is too long for its cell.
        doc-ref: spec/06-trees.md
      chunk:
        pos: 0
        size-eos: true
        type: chunk
        if: tree == page_type::content_node and kind == value_kind::inline
        doc: A reference to a piece of content.
        doc-ref: spec/08-content.md
      snapshot_record:
        pos: 0
        size-eos: true
        type: snapshot_record
        if: tree == page_type::system_node and kind == value_kind::inline
        doc: The record of a snapshot.
        doc-ref: spec/12-snapshots.md

  long_value:
    doc: A blob that holds a value. Only the catalog has such values.
    doc-ref: spec/06-trees.md
    seq:
      - id: blob
        type: blob_reference
        doc: The bytes of the value.
        doc-ref: spec/06-trees.md
      - id: rest
        size-eos: true
        valid:
          expr: _.length == 0
        -requirement: CART-BLB-001
        -fault: tree.bad-cell
        doc: Nothing.
        doc-ref: spec/06-trees.md
    instances:
      catalog_record:
        io: _root._io
        pos: (blob.runs[0].page * 4096).as<s8>
        size: blob.stored_length
        type: catalog_record
        if: blob.run_count == 1
        doc: The record of a path, where the blob is in one run.
        doc-ref: spec/07-catalog.md

  # ---- Catalog ----------------------------------------------------------------------------------------------------------

  catalog_record:
    doc: What is at a path. The key in the catalog tree is the path, as UTF-8.
    doc-ref: spec/07-catalog.md
    seq:
      - id: type
        type: u1
        enum: entry_type
        valid:
          in-enum: true
        -requirement: CART-CAT-006
        -fault: catalog.bad-record
        doc: File, directory or symbolic link.
        doc-ref: spec/07-catalog.md
      - id: flags
        type: u1
        valid:
          max: 7
        -requirement: CART-CAT-007
        -fault: catalog.bad-record
        doc: Bit 0 for a content hash, bit 1 for inline content, bit 2 where that is encrypted.
        doc-ref: spec/07-catalog.md
      - id: mode
        type: u2
        valid:
          max: 0xfff
        -requirement: CART-CAT-008
        -fault: catalog.bad-record
        doc: The permissions, as in POSIX.
        doc-ref: spec/07-catalog.md
      - id: uid
        type: u4
        doc: The number of the owning user.
        doc-ref: spec/07-catalog.md
      - id: gid
        type: u4
        doc: The number of the owning group.
        doc-ref: spec/07-catalog.md
      - id: chunk_shift
        type: u1
        doc: The binary logarithm of the chunk size; 12 to 18, and 0 in a directory.
        doc-ref: spec/07-catalog.md
      - id: codec_choice
        type: u1
        enum: codec_choice
        valid:
          in-enum: true
        -requirement: CART-CAT-024
        -fault: catalog.bad-record
        doc: How the content is to be stored.
        doc-ref: spec/10-codecs.md
      - id: codec_level
        type: u1
        valid:
          max: 22
        -requirement: CART-CAT-025
        -fault: catalog.bad-record
        doc: How hard a writer tries; 0 for the codec's default.
        doc-ref: spec/10-codecs.md
      - id: reserved
        size: 1
        valid:
          expr: _.max == 0
        -requirement: CART-CAT-009
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/07-catalog.md
      - id: size
        type: u8
        valid:
          max: '0x7fffffffffffffff'
        -requirement: CART-CAT-012
        -fault: catalog.bad-record
        doc: The length of the content.
        doc-ref: spec/07-catalog.md
      - id: file_id
        type: u8
        doc: The number under which the content tree has the chunks; 0 in a directory.
        doc-ref: spec/07-catalog.md
      - id: created
        type: s8
        doc: When the entry was created, in nanoseconds since the epoch.
        doc-ref: spec/07-catalog.md
      - id: modified
        type: s8
        doc: When the content was last changed, in nanoseconds since the epoch.
        doc-ref: spec/07-catalog.md
      - id: owner_length
        type: u1
        doc: The length of the owner.
        doc-ref: spec/07-catalog.md
      - id: owner
        size: owner_length
        doc: The name of the owner, in UTF-8.
        doc-ref: spec/07-catalog.md
      - id: content_hash
        size: 32
        if: has_content_hash
        doc: SHA-256 of the whole content.
        doc-ref: spec/07-catalog.md
      - id: inline_length
        type: u2
        if: has_inline_content
        valid:
          min: 1
          max: 512
        -requirement: CART-CAT-017
        -fault: catalog.bad-record
        doc: The length of the content, which is the size above.
        doc-ref: spec/07-catalog.md
      - id: inline_seal
        size: 40
        type: seal
        if: has_inline_content and (flags & 4) != 0
        doc: Nonce and tag of encrypted content.
        doc-ref: spec/11-encryption.md
      - id: inline_content
        size: inline_length.as<u2>
        if: has_inline_content
        doc: The whole content, encrypted if bit 2 of the flags is set.
        doc-ref: spec/07-catalog.md
      - id: attribute_count
        type: u2
        doc: How many attributes there are.
        doc-ref: spec/07-catalog.md
      - id: attributes
        type: attribute
        repeat: expr
        repeat-expr: attribute_count
        doc: Ascending by kind, then by name.
        doc-ref: spec/07-catalog.md
      - id: rest
        size-eos: true
        valid:
          expr: _.length == 0
        -requirement: CART-CAT-010
        -fault: catalog.bad-record
        doc: Nothing.
        doc-ref: spec/07-catalog.md
    instances:
      has_content_hash:
        value: (flags & 1) != 0
        doc: Whether the record has a content hash.
        doc-ref: spec/07-catalog.md
      has_inline_content:
        value: (flags & 2) != 0
        doc: Whether the content is in the record and not in the content tree.
        doc-ref: spec/07-catalog.md

  attribute:
    doc: A name and a value that go with a path.
    doc-ref: spec/07-catalog.md
    seq:
      - id: kind
        type: u1
        enum: attribute_kind
        valid:
          in-enum: true
        -requirement: CART-CAT-019
        -fault: catalog.bad-record
        doc: Whose attribute it is.
        doc-ref: spec/07-catalog.md
      - id: name_length
        type: u2
        doc: The length of the name.
        doc-ref: spec/07-catalog.md
      - id: value_length
        type: u4
        doc: The length of the value.
        doc-ref: spec/07-catalog.md
      - id: name
        size: name_length
        doc: The name, in UTF-8; empty for the content type.
        doc-ref: spec/07-catalog.md
      - id: value
        size: value_length
        doc: The value; UTF-8 for the content type and for user metadata, any bytes for extended attributes.
        doc-ref: spec/07-catalog.md

  # ---- Content ----------------------------------------------------------------------------------------------------------

  content_key:
    meta:
      endian: be
    doc: |
      The key of a record of the content tree. Big-endian, so that the order of the bytes is the order of the numbers. A node keeps prefix
      and suffix apart; the reader joins them.
    doc-ref: spec/08-content.md
    seq:
      - id: file_id
        type: u8
        doc: Whose content it is.
        doc-ref: spec/08-content.md
      - id: chunk_number
        type: u8
        doc: Which chunk, counted from 0.
        doc-ref: spec/08-content.md

  chunk:
    doc: A piece of content. A chunk that has no record is a hole and reads as zeros.
    doc-ref: spec/08-content.md
    seq:
      - id: blob
        type: blob_reference
        doc: The bytes of the chunk.
        doc-ref: spec/08-content.md
      - id: seal
        size: 40
        type: seal
        if: _io.size - _io.pos == 40
        doc: Nonce and tag, in an encrypted container.
        doc-ref: spec/11-encryption.md
      - id: rest
        size-eos: true
        valid:
          expr: _.length == 0
        -requirement: CART-BLB-001
        -fault: tree.bad-cell
        doc: Nothing.
        doc-ref: spec/08-content.md
    instances:
      bytes:
        io: _root._io
        pos: (blob.runs[0].page * 4096).as<s8>
        size: blob.stored_length
        if: blob.run_count == 1
        doc: The bytes of the chunk, where the blob is in one run.
        doc-ref: spec/08-content.md

  # ---- Space ------------------------------------------------------------------------------------------------------------

  extent:
    doc: Neighbouring pages that the state does not reach.
    doc-ref: spec/09-space.md
    seq:
      - id: start
        type: u8
        valid:
          min: 3
        -requirement: CART-SPC-002
        -fault: page.out-of-range
        doc: The number of the first page.
        doc-ref: spec/09-space.md
      - id: length
        type: u4
        valid:
          min: 1
        -requirement: CART-SPC-002
        -fault: page.out-of-range
        doc: How many pages there are.
        doc-ref: spec/09-space.md
      - id: freed_in
        type: u8
        doc: The first generation that does not reach them; 0 where they were reusable when the map was written.
        doc-ref: spec/09-space.md

  extent_list:
    doc: The bytes of a free map that is a blob.
    doc-ref: spec/09-space.md
    seq:
      - id: extents
        type: extent
        repeat: eos
        doc: The free pages, ascending.
        doc-ref: spec/09-space.md

  absent_free_map:
    doc: No map. It follows from walking the states of both records.
    doc-ref: spec/09-space.md
    seq:
      - id: padding
        size-eos: true
        valid:
          expr: _.max == 0
        -requirement: CART-COM-028
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/09-space.md

  inline_free_map:
    doc: A map in the record.
    doc-ref: spec/09-space.md
    seq:
      - id: extents
        type: extent
        repeat: expr
        repeat-expr: _parent.extent_count
        doc: The free pages, ascending.
        doc-ref: spec/09-space.md
      - id: padding
        size-eos: true
        valid:
          expr: _.length == 0 or _.max == 0
        -requirement: CART-COM-028
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/09-space.md

  blob_free_map:
    doc: A map outside the record.
    doc-ref: spec/09-space.md
    seq:
      - id: blob
        type: blob_reference
        doc: The bytes of the map.
        doc-ref: spec/09-space.md
      - id: padding
        size-eos: true
        valid:
          expr: _.length == 0 or _.max == 0
        -requirement: CART-COM-028
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/09-space.md
    instances:
      list:
        io: _root._io
        pos: (blob.runs[0].page * 4096).as<s8>
        size: blob.stored_length
        type: extent_list
        if: blob.run_count == 1
        doc: The map, where the blob is in one run.
        doc-ref: spec/09-space.md

  # ---- Snapshots ---------------------------------------------------------------------------------------------------------

  snapshot_key:
    meta:
      endian: be
    doc: The key of a snapshot in the system tree. A node keeps prefix and suffix apart; the reader joins them.
    doc-ref: spec/12-snapshots.md
    seq:
      - id: kind
        type: u1
        valid:
          eq: 1
        -requirement: CART-SNP-001
        -fault: snapshot.bad-key
        doc: What kind of record the key is of.
        doc-ref: spec/12-snapshots.md
      - id: id
        type: u8
        doc: The number of the snapshot.
        doc-ref: spec/12-snapshots.md

  snapshot_record:
    doc: Catalog and content as they were in one generation, under a name.
    doc-ref: spec/12-snapshots.md
    seq:
      - id: generation
        type: u8
        valid:
          min: 1
        -requirement: CART-SNP-005
        -fault: snapshot.bad-record
        doc: The generation of the commit that published the snapshot.
        doc-ref: spec/12-snapshots.md
      - id: created
        type: s8
        doc: When it was made, in nanoseconds since the epoch.
        doc-ref: spec/12-snapshots.md
      - id: parent
        type: u8
        doc: The number of the snapshot that it descends from; 0 where there is none.
        doc-ref: spec/12-snapshots.md
      - id: next_file_id
        type: u8
        valid:
          min: 1
        -requirement: CART-SNP-009
        -fault: snapshot.bad-record
        doc: The number that the next new file would have got.
        doc-ref: spec/12-snapshots.md
      - id: catalog_tree
        type: tree_reference(page_type::catalog_node)
        doc: What was there.
        doc-ref: spec/12-snapshots.md
      - id: content_tree
        type: tree_reference(page_type::content_node)
        doc: What it held.
        doc-ref: spec/12-snapshots.md
      - id: flags
        type: u1
        valid:
          max: 1
        -requirement: CART-SNP-006
        -fault: page.reserved-nonzero
        doc: Bit 0 where the snapshot is hidden.
        doc-ref: spec/12-snapshots.md
      - id: reserved
        size: 6
        valid:
          expr: _.max == 0
        -requirement: CART-SNP-006
        -fault: page.reserved-nonzero
        doc: Zero.
        doc-ref: spec/12-snapshots.md
      - id: name_length
        type: u1
        doc: The length of the name.
        doc-ref: spec/12-snapshots.md
      - id: name
        size: name_length
        doc: The name, as UTF-8; empty where the snapshot is hidden.
        doc-ref: spec/12-snapshots.md
      - id: rest
        size-eos: true
        valid:
          expr: _.length == 0
        -requirement: CART-SNP-003
        -fault: snapshot.bad-record
        doc: Nothing.
        doc-ref: spec/12-snapshots.md

  # ---- Signatures: a file beside the container ------------------------------------------------------------------------

  signature_file:
    doc: A detached signature of one state. It is a file of its own, beside the container; no container refers to it.
    doc-ref: spec/13-signatures.md
    seq:
      - id: magic
        size: 8
        doc: The bytes 43 41 52 54 53 49 47 00.
        doc-ref: spec/13-signatures.md
      - id: version
        type: u2
        doc: 1.
        doc-ref: spec/13-signatures.md
      - id: algorithm
        type: u1
        doc: 1 is Ed25519.
        doc-ref: spec/13-signatures.md
      - id: reserved_1
        size: 5
        doc: Zero.
        doc-ref: spec/13-signatures.md
      - id: container_id
        size: 16
        doc: The container.
        doc-ref: spec/13-signatures.md
      - id: generation
        type: u8
        doc: The state's generation.
        doc-ref: spec/13-signatures.md
      - id: state_hash
        size: 32
        doc: The state's hash.
        doc-ref: spec/13-signatures.md
      - id: public_key
        size: 32
        doc: Of the signer, as RFC 8032 encodes it.
        doc-ref: spec/13-signatures.md
      - id: signature
        size: 64
        doc: Ed25519 over the domain and bytes 0 to 103 of this file.
        doc-ref: spec/13-signatures.md

enums:
  content_checksum:
    1:
      id: sha_256
      doc: Tells accidents and forgeries.
      doc-ref: spec/02-identity.md
    2:
      id: crc_32c
      doc: Tells accidents only.
      doc-ref: spec/02-identity.md
  key_slot_kind:
    0:
      id: empty
      doc: Nothing opens it.
      doc-ref: spec/11-encryption.md
    1:
      id: raw_key
      doc: A key of 32 bytes.
      doc-ref: spec/11-encryption.md
    2:
      id: passphrase
      doc: A passphrase.
      doc-ref: spec/11-encryption.md
  page_type:
    1:
      id: commit_record
      doc: Pages 1 and 2.
      doc-ref: spec/03-pages.md
    2:
      id: catalog_node
      doc: A node of the catalog tree.
      doc-ref: spec/03-pages.md
    3:
      id: content_node
      doc: A node of the content tree.
      doc-ref: spec/03-pages.md
    4:
      id: system_node
      doc: A node of the system tree.
      doc-ref: spec/03-pages.md
  codec:
    0:
      id: none
      doc: The stored bytes are the bytes.
      doc-ref: spec/10-codecs.md
    1:
      id: lz4
      doc: The stored bytes are one LZ4 block.
      doc-ref: spec/10-codecs.md
    2:
      id: zstandard
      doc: The stored bytes are one Zstandard frame.
      doc-ref: spec/10-codecs.md
  codec_choice:
    0:
      id: container_default
      doc: As the container's default says.
      doc-ref: spec/10-codecs.md
    1:
      id: lz4
      doc: As LZ4 blocks.
      doc-ref: spec/10-codecs.md
    2:
      id: zstandard
      doc: As Zstandard frames.
      doc-ref: spec/10-codecs.md
    255:
      id: none
      doc: As it is.
      doc-ref: spec/10-codecs.md
  value_kind:
    0:
      id: inline
      doc: The value stands in the cell.
      doc-ref: spec/06-trees.md
    1:
      id: long
      doc: The cell has a blob reference to the value.
      doc-ref: spec/06-trees.md
  entry_type:
    1:
      id: file
      doc: A file.
      doc-ref: spec/07-catalog.md
    2:
      id: directory
      doc: A directory that is there even when nothing is in it.
      doc-ref: spec/07-catalog.md
    3:
      id: symlink
      doc: A symbolic link, whose content is its target.
      doc-ref: spec/07-catalog.md
  attribute_kind:
    1:
      id: content_type
      doc: A media type.
      doc-ref: spec/07-catalog.md
    2:
      id: user_metadata
      doc: Text of whoever stored the entry.
      doc-ref: spec/07-catalog.md
    3:
      id: extended_attribute
      doc: Bytes of a file system.
      doc-ref: spec/07-catalog.md
  free_map_kind:
    0:
      id: absent
      doc: There is no map.
      doc-ref: spec/09-space.md
    1:
      id: inline
      doc: The map is in the record.
      doc-ref: spec/09-space.md
    2:
      id: blob
      doc: The map is a blob.
      doc-ref: spec/09-space.md
