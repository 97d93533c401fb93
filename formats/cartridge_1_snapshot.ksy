# The file pages.bin of a snapshot of format 1. The keys `-requirement` and `-fault` are explained in cartridge.ksy.
meta:
  id: cartridge_1_snapshot
  title: Pages of a snapshot of a Cartridge container, format 1
  file-extension: bin
  license: MIT OR Apache-2.0
  ks-version: '0.11'
  endian: le

doc: |
  The pages that a writer had in memory when it made a snapshot, in no order. What the snapshot is called stands in metadata.json beside it.
doc-ref: spec/14-format-1.md

seq:
  - id: content
    type: snapshot_pages
    size-eos: true
    doc: The whole file.
    doc-ref: spec/14-format-1.md

types:

  snapshot_pages:
    doc: All pages of the snapshot.
    doc-ref: spec/14-format-1.md
    seq:
      - id: page_count
        type: s8
        valid:
          min: 0
        -requirement: CART-ONE-054
        -fault: snapshot.bad-record
        doc: How many pages follow.
        doc-ref: spec/14-format-1.md
      - id: pages
        type: snapshot_page
        repeat: expr
        repeat-expr: page_count
        doc: The pages, each once.
        doc-ref: spec/14-format-1.md

  snapshot_page:
    doc: A page, and where it stood.
    doc-ref: spec/14-format-1.md
    seq:
      - id: page_number
        type: u8
        doc: Where the page stood in the container.
        doc-ref: spec/14-format-1.md
      - id: page_length
        type: s8
        valid: 4096
        -requirement: CART-ONE-054
        -fault: snapshot.bad-record
        doc: Always 4096.
        doc-ref: spec/14-format-1.md
      - id: bytes
        size: page_length
        doc: The page.
        doc-ref: spec/14-format-1.md
