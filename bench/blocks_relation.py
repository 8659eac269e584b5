"""Which rows share a block, in SQL for DuckDB and (transpiled) Spark: what `kvar.suppliers.block` must find.

The product finds them by sorted keys, some three times faster on one machine; a test and `spark_definitions.py` hold
the two equal.
"""

# `left_keys` and `right_keys` (key, row); blocks larger than $cap say too little.
CANDIDATES = """
with few as (
    select key from right_keys where key in (select key from left_keys) group by key having count(*) <= $cap
)
select distinct l.row as l, r.row as r
from left_keys l join few f on f.key = l.key join right_keys r on r.key = l.key
order by l, r
"""
