# The bytes of a stream that carries content from one container to another, as far as a Kaitai Struct description can say them.
#
# Hashes, sums and the order of paths and segments are left to the reader that uses it. As in cartridge.ksy, `-requirement` and `-fault`
# stand beside each `valid`.
meta:
  id: cartridge_stream
  title: Stream of a container's content
  license: MIT OR Apache-2.0
  ks-version: '0.11'
  endian: le

doc: |
  All of a container's content, or what is different in it from an earlier one: a head, and records up to the end record.
doc-ref: spec/16-transfer.md

seq:
  - id: head
    type: stream_head
    doc: What the stream carries, and onto what.
    doc-ref: spec/16-transfer.md
  - id: records
    type: stream_record
    repeat: until
    repeat-until: _.type == record_type::end
    doc: What it says, up to the end record.
    doc-ref: spec/16-transfer.md

types:
  stream_head:
    doc: What a stream begins with.
    doc-ref: spec/16-transfer.md
    seq:
      - id: magic
        size: 8
        valid:
          expr: _ == [0x43, 0x41, 0x52, 0x54, 0x53, 0x45, 0x4e, 0x44]
        -requirement: CART-TRF-001
        -fault: transfer.bad-stream
        doc: CARTSEND.
        doc-ref: spec/16-transfer.md
      - id: version
        type: u2
        valid: 1
        -requirement: CART-TRF-002
        -fault: transfer.unsupported
        doc: The version of streams.
        doc-ref: spec/16-transfer.md
      - id: kind
        type: u1
        enum: stream_kind
        valid:
          in-enum: true
        -requirement: CART-TRF-003
        -fault: transfer.unsupported
        doc: Full, or a delta.
        doc-ref: spec/16-transfer.md
      - id: reserved
        size: 5
        valid:
          expr: _.max == 0
        -requirement: CART-TRF-004
        -fault: transfer.bad-stream
        doc: Zero.
        doc-ref: spec/16-transfer.md
      - id: base_digest
        size: 32
        doc: The digest of the sum of the content that the stream applies to.
        doc-ref: spec/16-transfer.md
      - id: head_hash
        size: 32
        doc: SHA-256 of the bytes before.
        doc-ref: spec/16-transfer.md

  stream_record:
    doc: A part of what a stream says.
    doc-ref: spec/16-transfer.md
    seq:
      - id: type
        type: u1
        enum: record_type
        valid:
          in-enum: true
        -requirement: CART-TRF-008
        -fault: transfer.bad-stream
        doc: What the record says.
        doc-ref: spec/16-transfer.md
      - id: length
        type: u4
        valid:
          min: '(type == record_type::entry ? 41 : type == record_type::segment ? 8 : type == record_type::removal ? 1 : 40)'
          max: '(type == record_type::entry ? 263296 : type == record_type::segment ? 65544 : type == record_type::removal ? 1152 : 40)'
        -requirement: CART-TRF-009
        -fault: transfer.bad-stream
        doc: The length of the payload.
        doc-ref: spec/16-transfer.md
      - id: payload
        size: length
        type:
          switch-on: type
          cases:
            'record_type::entry': stream_entry
            'record_type::segment': stream_segment
            'record_type::removal': stream_removal
            'record_type::end': stream_end
        doc: What the type says.
        doc-ref: spec/16-transfer.md
      - id: chain_hash
        size: 32
        doc: SHA-256 of the chain hash before and of this record up to here.
        doc-ref: spec/16-transfer.md

  stream_entry:
    doc: An entry as it is from now on.
    doc-ref: spec/16-transfer.md
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
      - id: action
        type: u1
        enum: action
        valid:
          in-enum: true
        -requirement: CART-TRF-013
        -fault: transfer.bad-stream
        doc: What becomes of the content that the base has.
        doc-ref: spec/16-transfer.md
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
      - id: size
        type: u8
        valid:
          max: '0x7fffffffffffffff'
        -requirement: CART-CAT-012
        -fault: catalog.bad-record
        doc: The length of the content.
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
      - id: path_length
        type: u2
        doc: The length of the path.
        doc-ref: spec/16-transfer.md
      - id: path
        size: path_length
        doc: The path, in UTF-8.
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

  attribute:
    doc: A name and a value that go with a path.
    doc-ref: spec/07-catalog.md
    seq:
      - id: kind
        type: u1
        valid:
          min: 1
          max: 3
        -requirement: CART-CAT-019
        -fault: catalog.bad-record
        doc: Content type, user metadata or extended attribute.
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
        doc: The name.
        doc-ref: spec/07-catalog.md
      - id: value
        size: value_length
        doc: The value.
        doc-ref: spec/07-catalog.md

  stream_segment:
    doc: A part of the content of the entry before it.
    doc-ref: spec/16-transfer.md
    seq:
      - id: number
        type: u8
        doc: Where it stands in the content, in units of 65,536 bytes.
        doc-ref: spec/16-transfer.md
      - id: bytes
        size-eos: true
        doc: The bytes, without the zeros at the end.
        doc-ref: spec/16-transfer.md

  stream_removal:
    doc: An entry that is gone.
    doc-ref: spec/16-transfer.md
    seq:
      - id: path
        size-eos: true
        doc: Its path, in UTF-8.
        doc-ref: spec/07-catalog.md

  stream_end:
    doc: The end of the stream.
    doc-ref: spec/16-transfer.md
    seq:
      - id: record_count
        type: u8
        doc: Records before this one.
        doc-ref: spec/16-transfer.md
      - id: result_digest
        size: 32
        doc: The digest of the sum of the content that comes out.
        doc-ref: spec/16-transfer.md

enums:
  stream_kind:
    1:
      id: full
      doc: All of a content.
      doc-ref: spec/16-transfer.md
    2:
      id: delta
      doc: What is different in a content from an earlier one.
      doc-ref: spec/16-transfer.md
  record_type:
    1:
      id: entry
      doc: An entry as it is from now on.
      doc-ref: spec/16-transfer.md
    2:
      id: segment
      doc: A part of its content.
      doc-ref: spec/16-transfer.md
    3:
      id: removal
      doc: An entry that is gone.
      doc-ref: spec/16-transfer.md
    4:
      id: end
      doc: The end of the stream.
      doc-ref: spec/16-transfer.md
  entry_type:
    1:
      id: file
      doc: A file.
      doc-ref: spec/07-catalog.md
    2:
      id: directory
      doc: A directory.
      doc-ref: spec/07-catalog.md
    3:
      id: symlink
      doc: A symbolic link, whose target is its content.
      doc-ref: spec/07-catalog.md
  action:
    1:
      id: replace
      doc: The segments that follow are the whole content.
      doc-ref: spec/16-transfer.md
    2:
      id: patch
      doc: The segments that follow take the place of those with their numbers.
      doc-ref: spec/16-transfer.md
