# %% [markdown]
# # How many jobs does a policy cost?
#
# For researchers. This notebook loads a run, then compares policies on the **same arrivals**, month after month, and
# draws the difference with the baseline and its 95 % confidence interval over the months.
#
# It is a percent script: open it in Jupyter (with jupytext), VS Code or Spyder cell by cell, or run it whole with
# `python notebooks/compare_policies.py`. It needs nothing but Koppelwijzer itself. The months are synthetic: the
# figures say something about the policies, nothing about the real month.

# %%
"""Compare policies on the same synthetic months, with confidence intervals over seeds."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from optimizer.generate import generate
from optimizer.measure import BASELINE
from optimizer.pipeline.policies import compare
from optimizer.read.run import read_run
from optimizer.settle import Wish, settle

# %% [markdown]
# ## Settings
# More months narrow the intervals with the square root of their number. `MEASURE` is `straight`, `border` or `road`.

# %%
RUN = Path(os.environ.get("RUN", "outputs/voorbeeld"))
OUT = Path(os.environ.get("OUT", "outputs/notebook"))
HOUSEHOLDS = int(os.environ.get("HOUSEHOLDS", "300"))
SEEDS = range(1, int(os.environ.get("MONTHS", "10")) + 1)
MEASURE = os.environ.get("MEASURE", "straight")
POLICIES = ("loting", "koppelregio", "gemeente", "straal50", "kansrijk", BASELINE)
CONFIDENCE = 0.95

# %% [markdown]
# ## One run
# What became of the jobs in a run that is there already (`koppelwijzer run ... --out outputs/voorbeeld`).

# %%
if (RUN / "run.json").is_file():
    run = read_run(RUN)
    print(run.banen.groupby(["hard", "uitkomst"]).size().unstack(fill_value=0), "\n")
    print(f"Expected loss: {run.banen['verwacht_verloren'].sum():.1f} jobs, policy {run.receipt['policy']['name']}\n")
else:
    print(f"No run in {RUN}: this part is left out.\n")


# %% [markdown]
# ## The same arrivals under every policy
# A month is drawn once per seed and worked out under each policy, so that differences between policies are *paired*:
# the luck of the draw of households falls away. Every answer is judged before it is counted.


# %%
def month(seed: int) -> pd.DataFrame:
    """Draw one month and work it out under every policy: a row per policy, columns of ``beleidsvergelijking``."""
    with tempfile.TemporaryDirectory() as folder:
        place = generate(Path(folder) / "month", huishoudens=HOUSEHOLDS, seed=seed, tightness=1.05)
        in_force = settle(Wish(place, measure=MEASURE, seed=seed))
    policies = tuple(in_force.policy(name) for name in POLICIES)
    return compare(in_force, policies, draws=50).tabel.assign(seed=seed)


months = pd.concat([month(seed) for seed in SEEDS], ignore_index=True)

# %% [markdown]
# ## Differences with the baseline
# Each count minus the same under the baseline in the same month. The interval is Student's t over months: it covers the
# luck of the draw, not what is assumed (see `docs/method.md`). A policy that lets households wait loses fewer jobs for
# now: look at both tables.


# %%
def with_interval(differences: pd.Series) -> pd.Series:
    """Return the mean over months and the ends of its confidence interval."""
    mean, n = differences.mean(), len(differences)
    half = stats.t.ppf((1 + CONFIDENCE) / 2, n - 1) * differences.std(ddof=1) / np.sqrt(n)
    return pd.Series({"mean": mean, "low": mean - half, "high": mean + half})


def paired(counted: pd.Series) -> pd.DataFrame:
    """Return the difference of each policy with the baseline in the same month: mean and interval, best first."""
    wide = months.assign(counted=counted).pivot_table(index="seed", columns="beleid", values="counted")
    differences = wide.sub(wide[BASELINE], axis=0).drop(columns=BASELINE)
    return differences.apply(with_interval).T.sort_values("mean")


counts = {
    "lost": ("jobs lost by the rule, per 100 jobs", 100 * months["verloren_regel"] / months["banen"]),
    "expected": ("jobs lost in expectation, per 100 jobs", 100 * months["verwacht_verloren"] / months["banen"]),
    "waiting": ("households not linked, per 100", 100 * months["niet_gekoppeld"] / months["huishoudens"]),
}
results = {name: paired(values) for name, (_, values) in counts.items()}
for name, (title, _) in counts.items():
    print(f"Difference with {BASELINE} over {len(SEEDS)} months: {title}\n{results[name].round(2)}\n")

# %% [markdown]
# ## The figure
# A dot is the mean over months, a line its interval. Left of nought: fewer jobs lost than under the baseline.


# %%
def figure(table: pd.DataFrame) -> str:
    """Draw dots with intervals as SVG, one row per policy; no library needed, and it reads in grey."""
    low, high = min(0.0, float(table["low"].min())), max(0.0, float(table["high"].max()))
    scale = 360 / (high - low or 1.0)
    rows = []
    for i, (name, row) in enumerate(table.iterrows()):
        y, (a, b, c) = 30 + 24 * i, (210 + scale * (row[k] - low) for k in ("low", "mean", "high"))
        rows.append(
            f'<text x="200" y="{y + 4}" text-anchor="end">{name}</text>'
            f'<path d="M{a:.1f} {y}H{c:.1f}" stroke="#1b2530" stroke-width="2"/>'
            f'<circle cx="{b:.1f}" cy="{y}" r="4.5" fill="#0b5a6b"/>'
            f'<text x="580" y="{y + 4}">{row["mean"]:+.1f} [{row["low"]:+.1f}, {row["high"]:+.1f}]</text>'
        )
    nought, height = 210 - scale * low, 30 + 24 * len(table)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 740 {height + 26}" '
        f'font-family="sans-serif" font-size="12">'
        f'<path d="M{nought:.1f} 12V{height - 12}" stroke="#8c97a1" stroke-dasharray="3 3"/>{"".join(rows)}'
        f'<text x="{nought:.1f}" y="{height + 12}" text-anchor="middle">as many as {BASELINE}</text></svg>\n'
    )


OUT.mkdir(parents=True, exist_ok=True)
pd.concat(results, names=["count"]).to_csv(OUT / "differences.csv")
for name, table in results.items():
    (OUT / f"{name}.svg").write_text(figure(table), encoding="utf-8")
print(f"Written: differences.csv and {', '.join(f'{name}.svg' for name in results)} in {OUT}")
