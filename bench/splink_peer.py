"""Splink 5 on DuckDB, set up as its own documentation does for firms; run by .venv-splink alone.

    .venv-splink/bin/python bench/splink_peer.py MODEL RECORDS.parquet PAIRS.parquet [LABELS.parquet]

RECORDS has `record_id`, `name` (already normalised by Kvar: Splink is spared the cleaning), `form` (the legal form
that the name stated, or null), `postcode` and `side` (0 ledger, 1 register; no 1 means the ledger is matched to
itself). PAIRS gets `left`, `right`, `weight`, and the time and peak memory are printed as JSON.

MODEL is one of three: `names`, Jaro-Winkler levels with term frequency
adjustment; `tokens`, the product of shared words' frequencies of Splink's example for business rates; `both`.
LABELS (`left`, `right`) are true pairs of the tuning half, from which m is estimated; without them m is trained by
expectation maximisation where a postcode makes that identifiable, and else left at Splink's defaults, as its example
does: one comparison alone cannot tell m from the share of matches.
"""

import json
import sys
import time
from pathlib import Path

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.comparison_creator import ComparisonCreator

FLOOR, FLOOR_OF_MANY = -20.0, -4.0  # match weight below which pairs are not handed back; of MANY records
MANY = 100_000
FREQUENT = 0.01  # a word of more than this share of all words never blocks (Splink's example)
BLOCK = 300  # nor does a word of more names than this, or memory would not do
PRODUCT = """list_intersect("tokens_l", "tokens_r").list_transform(x -> x.rel_freq::FLOAT)
    .list_concat([1.0::FLOAT]).list_reduce((p, q) -> p * q)"""
Level = cll.CustomLevel | cll.JaroWinklerLevel


def prepared(con: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyRelation:
    """The records with their words and frequencies, and the three rarest words, as Splink's example makes them."""
    con.sql(f"create table records as select *, string_split(name, ' ') as words from '{path}'")
    con.sql("create table words as select record_id, unnest(words) as token from records")
    con.sql("""create table frequency as
        select token, (count(*) / (select count(*) from words))::FLOAT as rel_freq from words group by token""")
    (size,) = con.sql("select count(*) from words").fetchall()[0]
    seldom = min(FREQUENT, BLOCK / size)
    return con.sql(f"""
        with kept as (
            select record_id, list({{'token': token, 'rel_freq': rel_freq}} order by rel_freq, token) as tokens
            from (select distinct * from words) join frequency using (token) group by record_id)
        select record_id as unique_id, side::varchar as source_dataset, name, form, postcode, tokens,
            list_filter(tokens, x -> x.rel_freq < {seldom}).list_transform(x -> x.token)[:3] as rare
        from records join kept using (record_id)""")


def comparison(model: str) -> ComparisonCreator:
    """How names are compared, from the surest level down."""
    similar = [cll.JaroWinklerLevel("name", at) for at in (0.95, 0.92, 0.88, 0.8)]
    shared = [
        cll.CustomLevel(f"{PRODUCT} < {limit}", f"shared words < {limit}") for limit in (1e-10, 1e-8, 1e-6, 1e-4)
    ]
    levels: dict[str, list[Level]] = {
        "names": [*similar],
        "tokens": [*shared],
        "both": [similar[0], shared[0], similar[1], shared[1], similar[2], shared[2], similar[3], shared[3]],
    }
    exact = cll.ExactMatchLevel("name", term_frequency_adjustments=True)
    missing = " or ".join(f'"{column}_{side}" is null' for column in ("name", "tokens") for side in "lr")
    null = cll.CustomLevel(missing, "nothing to compare").configure(is_null_level=True)
    return cl.CustomComparison([null, exact, *levels[model], cll.ElseLevel()], output_column_name="name")


def others() -> list[ComparisonCreator]:
    """Postcode by its frequency, and legal form; compared where there are postcodes to train m by."""
    postcode = cl.ExactMatch("postcode").configure(term_frequency_adjustments=True)
    return [postcode, cl.ExactMatch("form").configure(term_frequency_adjustments=True)]


def settings(model: str, link: str, postcodes: bool) -> SettingsCreator:
    """Blocks on the rarest words, the first letters and the postcode; as wide as memory allows."""
    return SettingsCreator(
        link_type=link,
        probability_two_random_records_match=1e-5,
        comparisons=[comparison(model), *(others() if postcodes else [])],
        blocking_rules_to_generate_predictions=[
            block_on("rare", arrays_to_explode=["rare"]),
            block_on("substr(name, 1, 7)"),
            *([block_on("postcode", "substr(name, 1, 2)")] if postcodes else []),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def train(linker: Linker, postcodes: bool, labels: str | None) -> None:
    """The share of matches from a rule, u by sampling, m from labels or by expectation maximisation."""
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=2026)
    if labels:
        linker.training.estimate_m_from_pairwise_labels(labels)
    elif postcodes:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("rare[1]"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))


def labelled(con: duckdb.DuckDBPyConnection, path: Path, sides: list[str]) -> str:
    """The true pairs as Splink wants them; the name of the table."""
    con.sql(f"""create table labels as select '{sides[0]}' as source_dataset_l, "left" as unique_id_l,
        '{sides[-1]}' as source_dataset_r, "right" as unique_id_r from '{path}'""")
    return "labels"


def main() -> None:
    """Match and write the pairs; prints seconds and peak memory (VmHWM, kB)."""
    model, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    start = time.perf_counter()
    con = duckdb.connect()
    con.sql("set threads = 2; set preserve_insertion_order = false; set lambda_syntax = 'ENABLE_SINGLE_ARROW'")
    table = prepared(con, source).to_arrow_table()
    con.register("prepared", table)
    sides = [row[0] for row in con.sql("select distinct source_dataset from prepared order by 1").fetchall()]
    postcodes = con.sql("select count(postcode) > 0 from prepared").fetchall() == [(True,)]
    api = DuckDBAPI(connection=con)
    parts = [
        api.register(con.sql(f"select * from prepared where source_dataset = '{s}'").to_arrow_table()) for s in sides
    ]
    linker = Linker(parts, settings(model, "link_only" if len(sides) > 1 else "dedupe_only", postcodes))
    train(linker, postcodes, labelled(con, Path(sys.argv[4]), sides) if len(sys.argv) > 4 else None)
    found = linker.inference.predict(threshold_match_weight=FLOOR if table.num_rows < MANY else FLOOR_OF_MANY)
    con.sql(f"copy (select unique_id_l as \"left\", unique_id_r as \"right\", match_weight as weight from"
            f" {found.physical_name}) to '{target}'")  # fmt: skip
    seconds = time.perf_counter() - start
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    told = {"seconds": seconds, "cpu": time.process_time(), "peak_kb": int(peak.split()[1])}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
