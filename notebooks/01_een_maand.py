# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One month: which jobs are kept, which are lost, and why
#
# **Estimand.** Of all jobs held on the peildatum by the batch, how many are still held, and within reach, at the
# moving date. *Kept* is within 50 km after the move. *Undecided* is a job of a household that is not linked in this
# batch: it is neither kept nor lost, and never left out.
#
# The notebook works one month out with `koppelwijzer run` and reads the Parquet that a run writes. With `RUN=folder`
# it reads a run that is there already. The month that ships, `inputs/krap`, is synthetic: a koppelregio at the end of
# a half-year, where jobs hang on room. Its figures say something about the method, nothing about a real month.

# %%
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

INPUT = Path(os.environ.get("INPUT", "../inputs/krap"))
POLICY = os.environ.get("POLICY", "kansrijk")
OUT = os.environ.get("OUT")  # folder for tables (CSV, LaTeX) and figures (PDF); none: nothing is written

plt.rcParams |= {"figure.dpi": 110, "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}

# %% [markdown]
# ## The run
# The judge sees every answer before it is written; a run that it rejects is never published. Each column of the
# Parquet carries its meaning and its unit.


# %%
def koppelwijzer(*arguments: str | Path) -> None:
    """Give a command; codes 4 and 5 mean done, with exceptions or a gap."""
    done = subprocess.run([sys.executable, "-m", "optimizer.cli", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 4, 5):
        raise RuntimeError(done.stderr)


def tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the jobs and the households of a run, and what each column of the jobs is."""
    schema = pq.read_schema(folder / "banen.parquet")
    told = [{"column": f.name, **{k.decode(): v.decode() for k, v in f.metadata.items()}} for f in schema]
    columns = pd.DataFrame(told).rename(columns={"en": "meaning", "eenheid": "unit"})
    return (
        pd.read_parquet(folder / "banen.parquet"),
        pd.read_parquet(folder / "voorstel.parquet"),
        columns.set_index("column")[["meaning", "unit"]],
    )


if "RUN" in os.environ:
    jobs, households, columns = tables(Path(os.environ["RUN"]))
else:
    with tempfile.TemporaryDirectory() as place:
        koppelwijzer("run", INPUT, "--policy", POLICY, "--policies", POLICY, "--out", Path(place) / "run")
        jobs, households, columns = tables(Path(place) / "run")
columns

# %% [markdown]
# ## Table 1. Every job has one outcome
# The outcomes add up to all jobs. A *hard ground* is a job of at least 8 hours a week with a signed contract and a
# payslip.

# %%
OUTCOMES = {
    "binnen_50km": "kept",
    "verloren_regel": "lost by the move",
    "al_buiten": "beyond 50 km before and after",
    "loopt_af": "contract ends first",
    "niet_gekoppeld": "undecided",
}
SHOWN = {"ja": "hard ground", "niet_aangetoond": "not shown", "nee": "no hard ground"}
jobs["outcome"] = pd.Categorical(jobs["uitkomst"].map(OUTCOMES), OUTCOMES.values())
jobs["ground"] = pd.Categorical(jobs["hard"].map(SHOWN), SHOWN.values())

counted = jobs.groupby(["outcome", "ground"], observed=False)
outcomes = counted.size().unstack().rename_axis(columns=None)
outcomes.columns = list(outcomes.columns)
outcomes["all jobs"] = outcomes.sum(axis=1)
outcomes["hours a week"] = counted["uren_per_week"].sum().unstack().sum(axis=1).round(1)
outcomes.index = list(outcomes.index)
outcomes.loc["total"] = outcomes.sum()
outcomes = outcomes.astype(dict.fromkeys([*SHOWN.values(), "all jobs"], int))
outcomes

# %% [markdown]
# ## How many are kept, and what the undecided can change
# A policy that links nobody loses nothing, so *lost* alone ranks nothing. Look at *kept*, between the bound "all
# undecided are lost" and the bound "all undecided are kept", of the jobs at stake: those that neither end first nor
# lie beyond 50 km anyway.

# %%
count = outcomes["all jobs"]
kept, undecided = count["kept"], count["undecided"]
at_stake = count["total"] - count["contract ends first"] - count["beyond 50 km before and after"]
bounds = pd.DataFrame(
    {"jobs": [kept, kept + undecided, at_stake]},
    index=["kept, all undecided lost", "kept, all undecided kept", "at stake"],
)
bounds["share of the jobs at stake"] = (bounds["jobs"] / at_stake).round(3)
bounds

# %% [markdown]
# ## Table 2. Why jobs are lost
# Every lost job has one cause, the first that fits. *Expected* loss weighs distance, hours and contract, and counts
# jobs within 50 km too: a longer journey costs some of them. Its curve is an assumption (`docs/method.md`).

# %%
CAUSES = {
    "niet_bekend": "not known in time",
    "geen_harde_grond": "no hard ground",
    "eigen_gronden": "another ground of the household goes first",
    "geen_plek": "no room within 50 km",
    "beleid": "the policy put something else first",
}
lost = jobs[jobs["uitkomst"] == "verloren_regel"]
causes = lost.groupby(pd.Categorical(lost["oorzaak"].map(CAUSES), CAUSES.values()), observed=False).agg(
    **{"jobs": ("baan_id", "size"), "hours a week": ("uren_per_week", "sum"), "expected": ("verwacht_verloren", "sum")}
)
causes.index = list(causes.index)
causes.loc["lost by the move"] = causes.sum()
causes.loc["within 50 km after the move"] = [
    0,
    0.0,
    jobs.loc[jobs["uitkomst"] == "binnen_50km", "verwacht_verloren"].sum(),
]
causes = causes.astype({"jobs": int}).round(2)
causes

# %% [markdown]
# ## Figure 1. Outcomes, and what the move does to the distance
# Left: jobs by outcome. Right: each job of a linked household by its distance before and after the move; the dashed
# lines are the 50 km rule. Upper left are the jobs that the move costs, lower right those that it brings within
# reach.

# %%
COLOURS = dict(zip(OUTCOMES.values(), ["#0072b2", "#d55e00", "#888888", "#cccccc", "#f0e442"], strict=True))
MARKS = dict(zip(OUTCOMES.values(), "oXsvD", strict=True))

figure, (bars, moves) = plt.subplots(1, 2, figsize=(7.5, 3.4), width_ratios=[1, 1.1], layout="constrained")
rows = [name.replace(", ", ",\n") for name in SHOWN.values()]
left = np.zeros(len(SHOWN))
for outcome, colour in COLOURS.items():
    width = outcomes.loc[outcome, list(SHOWN.values())].to_numpy(float)
    bars.barh(rows, width, left=left, color=colour, label=outcome, edgecolor="w")
    for y, (start, n) in enumerate(zip(left, width, strict=True)):
        if n > 0.03 * len(jobs):
            bars.text(start + n / 2, y, f"{n:.0f}", ha="center", va="center", fontsize=8)
    left += width
bars.invert_yaxis()
bars.set_xlabel("jobs")

linked = jobs[jobs["uitkomst"] != "niet_gekoppeld"]
for outcome, of in linked.groupby("outcome", observed=True):
    before, after = of["afstand_nu_km"], of["afstand_km"]
    moves.scatter(before, after, s=22, color=COLOURS[outcome], marker=MARKS[outcome], edgecolor="k", linewidth=0.4)
far = 1.05 * max(60.0, linked["afstand_nu_km"].max(), linked["afstand_km"].max())
moves.axhline(50, linestyle="--", linewidth=0.8, color="k")
moves.axvline(50, linestyle="--", linewidth=0.8, color="k")
moves.set(xlim=(-2, far), ylim=(-2, far), xlabel="km to work before the move", ylabel="km to work after the move")
_ = figure.legend(*bars.get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False, fontsize=8)
# %% [markdown]
# ## Who is linked
# One batch measures one move. The wait for a house, moves between centres and the start of inburgering cost jobs too;
# they are not in these counts.

# %%
has_job = np.where(households["banen"] > 0, "with a job", "without a job")
status = {"voorgesteld": "linked", "vastgezet": "linked by a person", "niet_gekoppeld": "not linked"}
linking = households.groupby([has_job, households["status"].map(status)])["aantal_personen"].agg(["size", "sum"])
linking.rename_axis(["household", "status"]).rename(columns={"size": "households", "sum": "persons"})

# %%
if OUT:
    place = Path(OUT)
    place.mkdir(parents=True, exist_ok=True)
    for name, table in {"outcomes": outcomes, "causes": causes}.items():
        table.to_csv(place / f"one_month_{name}.csv")
        (place / f"one_month_{name}.tex").write_text(table.to_latex(float_format="%.1f"), encoding="utf-8")
    figure.savefig(place / "one_month.pdf", metadata={"CreationDate": None})
