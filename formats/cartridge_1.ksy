# The bytes of a .cart container of format 1, as far as a Kaitai Struct description can say them.
#
# Which encoding a page has shows in its first byte; of JSON, this says only where the text ends. What stands in several pages (a blob that
# goes on in overflow pages) has to be put together first, by the reader that uses this. The keys `-requirement` and `-fault` are
# explained in cartridge.ksy.
meta:
  id: cartridge_1
  title: Cartridge container, format 1
  file-extension: cart
  license: MIT OR Apache-2.0
  ks-version: '0.11'
  endian: le

doc: |
  What programs have written before there was a specification: page 0 is a header, page 1 begins the catalog, page 2 the allocator, all
  other pages are content. Offsets and lengths are in bytes, integers little-endian, times seconds since 1970-01-01T00:00:00Z.
doc-ref: spec/14-format-1.md

seq:
  - id: header
    size: 4096
    type: file_header
    doc: Page 0.
    doc-ref: spec/14-format-1.md
  - id: catalog
    size: 4096
    type: packed_page
    doc: Page 1.
    doc-ref: spec/14-format-1.md
  - id: allocator
    size: 4096
    type: packed_page
    doc: Page 2.
    doc-ref: spec/14-format-1.md

types:

  file_header:
    doc: What the container is, and how many blocks it counts on.
    doc-ref: spec/14-format-1.md
    seq:
      - id: magic
        contents: [0x43, 0x41, 0x52, 0x54, 0x00, 0x01, 0x00, 0x00]
        -requirement: CART-ONE-001
        -fault: container.bad-magic
        doc: CART and the number of the format.
        doc-ref: spec/14-format-1.md
      - id: major_version
        type: u2
        valid: 1
        -requirement: CART-ONE-002
        -fault: container.unsupported-version
        doc: Always 1.
        doc-ref: spec/14-format-1.md
      - id: minor_version
        type: u2
        valid: 0
        -requirement: CART-ONE-002
        -fault: container.unsupported-version
        doc: Always 0, in all three encodings.
        doc-ref: spec/14-format-1.md
      - id: block_size
        type: u4
        valid: 4096
        -requirement: CART-ONE-003
        -fault: container.bad-block-size
        doc: Always 4096.
        doc-ref: spec/14-format-1.md
      - id: total_blocks
        type: u8
        doc: How many blocks the container counts on.
        doc-ref: spec/14-format-1.md
      - id: free_blocks
        type: u8
        valid:
          max: total_blocks
        -requirement: CART-ONE-005
        -fault: page.out-of-range
        doc: How many of them were free when it was last counted.
        doc-ref: spec/14-format-1.md
      - id: catalog_page
        type: u8
        doc: Always 1; nobody looks.
        doc-ref: spec/14-format-1.md
      - id: versioning_fuse
        type: u1
        doc: Of S3 versioning, 0 or 1.
        doc-ref: spec/14-format-1.md
      - id: acl_fuse
        type: u1
        doc: Of S3 access control lists, 0 to 2.
        doc-ref: spec/14-format-1.md
      - id: encryption_fuse
        type: u1
        doc: Of S3 encryption, 0 to 2.
        doc-ref: spec/14-format-1.md
      - id: reserved
        size: 4053
        doc: Zero.
        doc-ref: spec/14-format-1.md

  packed_page:
    doc: The beginning of the catalog or of the allocator.
    doc-ref: spec/14-format-1.md
    seq:
      - id: body
        size-eos: true
        type:
          switch-on: mark
          cases:
            0: blob_page
            0x7b: json_page
        doc: What stands in the page, by its first byte.
        doc-ref: spec/14-format-1.md
    instances:
      mark:
        pos: 0
        type: u1
        doc: 0x7b is the brace that JSON begins with, 0 begins a blob or an empty page; anything else is neither.
        doc-ref: spec/14-format-1.md

  json_page:
    doc: JSON text, up to a NUL or the end of the page.
    doc-ref: spec/14-format-1.md
    seq:
      - id: text
        size-eos: true
        doc: The text, in UTF-8, and the NULs behind it.
        doc-ref: spec/14-format-1.md

  blob_page:
    doc: The beginning of a blob, and the pages in which it goes on.
    doc-ref: spec/14-format-1.md
    seq:
      - id: mark
        type: u1
        doc: Always 0.
        doc-ref: spec/14-format-1.md
      - id: data_length
        type: u4
        doc: The length of the whole blob.
        doc-ref: spec/14-format-1.md
      - id: overflow_count
        type: u2
        valid:
          max: 511
        -requirement: CART-ONE-011
        -fault: limit.exceeded
        doc: How many further pages there are.
        doc-ref: spec/14-format-1.md
      - id: overflow_pages
        type: u8
        repeat: expr
        repeat-expr: overflow_count
        doc: Their numbers, in order.
        doc-ref: spec/14-format-1.md
      - id: data
        size-eos: true
        doc: The beginning of the blob.
        doc-ref: spec/14-format-1.md

  catalog_blob:
    doc: The catalog, once its pages are put together.
    doc-ref: spec/14-format-1.md
    seq:
      - id: root_page
        type: u8
        doc: Means nothing.
        doc-ref: spec/14-format-1.md
      - id: entry_count
        type: s8
        valid:
          min: 0
        -requirement: CART-ONE-026
        -fault: catalog.bad-record
        doc: How many entries follow.
        doc-ref: spec/14-format-1.md
      - id: entries
        type: entry
        repeat: expr
        repeat-expr: entry_count
        doc: The entries, sorted by the bytes of their paths.
        doc-ref: spec/14-format-1.md

  entry:
    doc: A path and what there is.
    doc-ref: spec/14-format-1.md
    seq:
      - id: path
        type: text
        doc: The path, as it was passed in.
        doc-ref: spec/14-format-1.md
      - id: file_type
        type: u4
        valid:
          max: 2
        -requirement: CART-ONE-030
        -fault: catalog.bad-record
        doc: 0 file, 1 directory, 2 symbolic link.
        doc-ref: spec/14-format-1.md
      - id: size
        type: u8
        doc: Length of the content; of an encrypted one, of its plain text.
        doc-ref: spec/14-format-1.md
      - id: block_count
        type: s8
        valid:
          min: 0
        -requirement: CART-ONE-026
        -fault: catalog.bad-record
        doc: How many blocks follow.
        doc-ref: spec/14-format-1.md
      - id: blocks
        type: u8
        repeat: expr
        repeat-expr: block_count
        doc: The pages of the content, in order.
        doc-ref: spec/14-format-1.md
      - id: created
        type: u8
        doc: Seconds since the epoch.
        doc-ref: spec/14-format-1.md
      - id: modified
        type: u8
        doc: Seconds since the epoch.
        doc-ref: spec/14-format-1.md
      - id: permissions
        type: u4
        doc: POSIX permissions.
        doc-ref: spec/14-format-1.md
      - id: owner
        type: text
        doc: The name of the owner.
        doc-ref: spec/14-format-1.md
      - id: has_content_hash
        type: u1
        valid:
          max: 1
        -requirement: CART-ONE-026
        -fault: catalog.bad-record
        doc: Whether a hash follows.
        doc-ref: spec/14-format-1.md
      - id: content_hash
        size: 32
        if: has_content_hash == 1
        doc: SHA-256 of the content.
        doc-ref: spec/14-format-1.md
      - id: has_content_type
        type: u1
        valid:
          max: 1
        -requirement: CART-ONE-026
        -fault: catalog.bad-record
        doc: Whether a media type follows.
        doc-ref: spec/14-format-1.md
      - id: content_type
        type: text
        if: has_content_type == 1
        doc: The media type.
        doc-ref: spec/14-format-1.md
      - id: metadata_count
        type: s8
        valid:
          min: 0
        -requirement: CART-ONE-026
        -fault: catalog.bad-record
        doc: How many pairs follow.
        doc-ref: spec/14-format-1.md
      - id: metadata
        type: pair
        repeat: expr
        repeat-expr: metadata_count
        doc: Metadata of the user, in any order.
        doc-ref: spec/14-format-1.md

  pair:
    doc: A name and a value.
    doc-ref: spec/14-format-1.md
    seq:
      - id: name
        type: text
        doc: The name.
        doc-ref: spec/14-format-1.md
      - id: value
        type: text
        doc: The value.
        doc-ref: spec/14-format-1.md

  text:
    doc: A string with its length before it.
    doc-ref: spec/14-format-1.md
    seq:
      - id: length
        type: s8
        valid:
          min: 0
        -requirement: CART-ONE-026
        -fault: catalog.bad-record
        doc: In bytes.
        doc-ref: spec/14-format-1.md
      - id: bytes
        size: length
        doc: The string, in UTF-8; whether it is that, the reader has to look.
        doc-ref: spec/14-format-1.md
    instances:
      value:
        value: bytes.to_s("UTF-8")
        doc: The string.
        doc-ref: spec/14-format-1.md

  allocator_blob:
    doc: The allocator, once its pages are put together.
    doc-ref: spec/14-format-1.md
    seq:
      - id: word_count
        type: s8
        valid:
          min: 0
        -requirement: CART-ONE-040
        -fault: tree.bad-cell
        doc: How many words the bitmap has.
        doc-ref: spec/14-format-1.md
      - id: words
        type: u8
        repeat: expr
        repeat-expr: word_count
        doc: Block i is bit i % 64 of word i / 64; 1 is given out.
        doc-ref: spec/14-format-1.md
      - id: bitmap_total
        type: u8
        doc: Blocks that the bitmap counts on.
        doc-ref: spec/14-format-1.md
      - id: bitmap_free
        type: u8
        doc: Free blocks as the bitmap counts; often stale.
        doc-ref: spec/14-format-1.md
      - id: extent_count
        type: s8
        valid:
          min: 0
        -requirement: CART-ONE-040
        -fault: tree.bad-cell
        doc: How many free extents follow.
        doc-ref: spec/14-format-1.md
      - id: extents
        type: extent
        repeat: expr
        repeat-expr: extent_count
        doc: Free extents.
        doc-ref: spec/14-format-1.md
      - id: extents_total
        type: u8
        doc: Blocks that the extents count on.
        doc-ref: spec/14-format-1.md
      - id: extents_free
        type: u8
        doc: Free blocks as the extents count; often stale.
        doc-ref: spec/14-format-1.md
      - id: total_blocks
        type: u8
        doc: Blocks that the whole counts on.
        doc-ref: spec/14-format-1.md
      - id: free_blocks
        type: u8
        doc: Free blocks as the whole counts; often stale.
        doc-ref: spec/14-format-1.md

  extent:
    doc: Free blocks in a row.
    doc-ref: spec/14-format-1.md
    seq:
      - id: key
        type: u8
        doc: The number under which it is filed, which is its start.
        doc-ref: spec/14-format-1.md
      - id: start
        type: u8
        doc: The first block.
        doc-ref: spec/14-format-1.md
      - id: length
        type: u8
        doc: How many.
        doc-ref: spec/14-format-1.md

  encrypted_content:
    doc: What is stored of an encrypted file.
    doc-ref: spec/14-format-1.md
    seq:
      - id: nonce
        size: 12
        doc: Of AES-256-GCM.
        doc-ref: spec/14-format-1.md
      - id: ciphertext
        size: _io.size - 28
        doc: As long as the content.
        doc-ref: spec/14-format-1.md
      - id: tag
        size: 16
        doc: Of AES-256-GCM.
        doc-ref: spec/14-format-1.md

  vacuum_log_header:
    doc: The beginning of the vacuum log.
    doc-ref: spec/14-format-1.md
    seq:
      - id: magic
        contents: WALH
        -requirement: CART-ONE-051
        -fault: tree.bad-cell
        doc: WALH.
        doc-ref: spec/14-format-1.md
      - id: version
        type: u2
        valid: 1
        -requirement: CART-ONE-051
        -fault: tree.bad-cell
        doc: Always 1.
        doc-ref: spec/14-format-1.md
      - id: entry_length
        type: u2
        valid: 64
        -requirement: CART-ONE-051
        -fault: tree.bad-cell
        doc: Always 64.
        doc-ref: spec/14-format-1.md
      - id: count
        type: u4
        doc: How many entries there are.
        doc-ref: spec/14-format-1.md
      - id: next_sequence
        type: u8
        doc: The sequence of the next entry.
        doc-ref: spec/14-format-1.md
      - id: capacity
        type: u4
        doc: How many entries there is room for.
        doc-ref: spec/14-format-1.md
      - id: dirty
        type: u1
        doc: 1 while a vacuum runs.
        doc-ref: spec/14-format-1.md
      - id: reserved
        size: 7
        doc: Zero.
        doc-ref: spec/14-format-1.md

  vacuum_log_entry:
    doc: A move of a block.
    doc-ref: spec/14-format-1.md
    seq:
      - id: sequence
        type: u8
        doc: The number of the entry.
        doc-ref: spec/14-format-1.md
      - id: operation
        type: u1
        doc: What was done.
        doc-ref: spec/14-format-1.md
      - id: state
        type: u1
        doc: 0 intent, 1 written, 2 committed.
        doc-ref: spec/14-format-1.md
      - id: source
        type: u8
        doc: The block that moved.
        doc-ref: spec/14-format-1.md
      - id: destination
        type: u8
        doc: Where it moved to.
        doc-ref: spec/14-format-1.md
      - id: path_hash
        type: u8
        doc: FNV-1a of the path.
        doc-ref: spec/14-format-1.md
      - id: block_index
        type: u4
        doc: Which block of the file.
        doc-ref: spec/14-format-1.md
      - id: checksum
        type: u4
        doc: CRC-32 of the 38 bytes before it.
        doc-ref: spec/14-format-1.md
      - id: reserved
        size: 22
        doc: Zero.
        doc-ref: spec/14-format-1.md
