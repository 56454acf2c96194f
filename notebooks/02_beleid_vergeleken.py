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
# # Policies compared: how much does job retention improve, how sure are we, what does it hang on
#
# **Estimand.** Of all jobs held on the peildatum by the batch (the same jobs under every policy), how many are still
# held, and within reach (50 km), at the moving date. **Baseline**: `handmatig`, a reading of practice: one by one,
# near the hard grounds, with every job known in time.
#
# Four kinds of uncertainty are kept apart: what is known in time (draws), the lottery (draws), other months
# (intervals over months), and assumptions (each worked out anew). The months are synthetic: the figures say something
# about the policies, nothing about a real month. For a paper, take more and larger months, for example
# `HOUSEHOLDS=300 MONTHS=30 DRAWS=200 JOBS=2`.

# %%
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

HOUSEHOLDS = os.environ.get("HOUSEHOLDS", "60")
MONTHS = int(os.environ.get("MONTHS", "6"))
DRAWS = os.environ.get("DRAWS", "20")
SEED = int(os.environ.get("SEED", "1"))
JOBS = os.environ.get("JOBS", "1")
OUT = os.environ.get("OUT")  # folder for tables (CSV, LaTeX) and figures (PDF); none: nothing is written

REGION = "noord-holland"
POLICIES = ("loting", "blijf_in_regio", "handmatig", "een_voor_een", "straal50", "kansrijk", "alleen_banen")
BASELINE, POLICY = "handmatig", "kansrijk"

plt.rcParams |= {"figure.dpi": 110, "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
GAIN, LOSS, INK = "#0072b2", "#d55e00", "#222222"

# %% [markdown]
# ## The comparison
# With `COMPARISON=folder` the notebook reads the outcome of `koppelwijzer compare INPUT --maandenmap FOLDER
# --gevoeligheid` (or `--maanden N`). Without it, it draws a batch and further months, each a koppelregio at the end
# of a half-year, where the opgave is nearly used up and jobs hang on room, and does the same. Every answer is judged
# by code that shares nothing with the solver.

# %%
NAMES = ("beleidsvergelijking", "attributie", "verschillen", "gevoeligheid", "maanden")


def koppelwijzer(*arguments: str | Path) -> None:
    """Give a command; codes 4 and 5 mean done, with exceptions or a gap."""
    done = subprocess.run([sys.executable, "-m", "optimizer.cli", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 4, 5):
        raise RuntimeError(done.stderr)


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a comparison by name."""
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in NAMES}


def drawn(place: Path) -> Path:
    """Draw a batch and the months, compare the policies on them, and return the folder of the comparison."""
    for i, name in enumerate(["batch", *(f"months/{i:03d}" for i in range(1, MONTHS + 1))]):
        size = ("--huishoudens", HOUSEHOLDS, "--seed", str(SEED + i))
        koppelwijzer("generate", place / name, *size, "--regio", REGION, "--einde-halfjaar")
    further = ("--maandenmap", place / "months", "--zaad", str(SEED), "--gevoeligheid", "--jobs", JOBS)
    asked = ("--policies", ",".join(POLICIES), "--baseline", BASELINE, "--draws", DRAWS, *further)
    koppelwijzer("compare", place / "batch", *asked, "--out", place / "comparison")
    return place / "comparison"


if "COMPARISON" in os.environ:
    found = tables(Path(os.environ["COMPARISON"]))
else:
    with tempfile.TemporaryDirectory() as folder:
        found = tables(drawn(Path(folder)))
comparison, months, sensitivity = (
    found[n].set_index("beleid") for n in ("beleidsvergelijking", "maanden", "gevoeligheid")
)

# %% [markdown]
# ## Table 1. One batch under every policy
# Every job has one outcome, so each row adds up to the same jobs. `handmatig@0.3` is the baseline when 30 % of the
# jobs are known in time, a mean over draws. *Lost* alone ranks nothing, as who links nobody loses nothing: compare
# *kept*, which is the lower bound (all undecided lost), and the upper bound (all undecided kept).

# %%
LABELS = {
    "behouden": "kept",
    "behouden_max": "kept, undecided kept",
    "verloren_regel": "lost",
    "al_buiten": "beyond anyway",
    "loopt_af": "ends first",
    "onbeslist": "undecided",
    "banen": "all jobs",
    "verwacht_behouden": "expected kept",
    "uren_behouden": "hours a week kept",
}
headline = comparison[list(LABELS)].rename(columns=LABELS).rename_axis("policy").round(1)
headline

# %% [markdown]
# ## Table 2. How sure: the same months under every policy
# Mean difference with the baseline a month, in jobs, with a 95 % interval over months (bootstrap of the paired
# differences). The luck of who arrives falls away, as each month is the same under every policy. A policy keeps more
# *whatever becomes of the undecided* when it does so by both bounds.

# %%
MEASURES = {
    "behouden": "kept",
    "behouden_max": "kept, undecided kept",
    "verwacht_behouden": "expected kept",
}
paired = found["verschillen"].set_index(["maat", "beleid"])[["verschil", "laag", "hoog", "maanden"]]
paired.columns = ["difference", "low", "high", "months"]
written = paired.apply(lambda row: f"{row['difference']:+.1f} [{row['low']:+.1f}, {row['high']:+.1f}]", axis=1)
differences = written.unstack("maat")[list(MEASURES)].rename(columns=MEASURES)
differences = differences.reindex(paired.loc["behouden"].index).rename_axis(index="policy", columns=None)
differences

# %% [markdown]
# ## Figure 1. Difference with the baseline over months
# A dot is the mean over months, the line its 95 % interval, small marks the single months; a diamond the mean if all
# undecided jobs are kept. Right of nought: more jobs kept than under the baseline.

# %%
kept = paired.loc["behouden"].iloc[::-1]
monthly = months.reset_index().pivot(index="maand", columns="beleid", values="behouden")
monthly = monthly.sub(monthly[BASELINE], axis=0)

figure_1, axis = plt.subplots(figsize=(6, 0.5 + 0.38 * len(kept)), layout="constrained")
for y, (policy, row) in enumerate(kept.iterrows()):
    axis.plot(monthly[policy], [y] * len(monthly), "|", color="#999999", markersize=7)
    axis.plot([row["low"], row["high"]], [y, y], color=INK, linewidth=2)
    axis.plot(paired.loc[("behouden_max", policy), "difference"], y, "D", color="w", markeredgecolor=INK, markersize=5)
    axis.plot(row["difference"], y, "o", color=GAIN if row["difference"] >= 0 else LOSS, markersize=6)
axis.axvline(0, linestyle="--", linewidth=0.8, color=INK)
axis.set_yticks(range(len(kept)), kept.index)
_ = axis.set_xlabel(f"jobs kept a month, difference with {BASELINE}")
# %% [markdown]
# ## Table 3. Where the gain comes from
# From practice with part of the jobs known, to the default, one change at a time. The steps add up. `low` and `high`
# are the 5th and 95th percentile over draws of what is known. The Shapley value is the mean over every order of the
# steps: where it differs much from the step, the order decides who gets the credit.

# %%
STEPS = {
    "bekend": "every job known in time",
    "elke_baan": "every job counts",
    "hele_groep": "the whole batch at once",
    "kans_op_werk": "chance of work counts too",
}
attribution = found["attributie"].assign(stap=found["attributie"]["stap"].map(STEPS)).set_index("stap")
attribution = attribution[["van", "naar", "verschil_behouden", "laag", "hoog", "shapley", "verschil_verwacht_behouden"]]
attribution.columns = ["from", "to", "jobs kept", "low", "high", "Shapley", "expected kept"]
attribution = attribution.rename_axis("step")
attribution.loc["together"] = attribution[["jobs kept", "Shapley", "expected kept"]].sum()
attribution = attribution.fillna({"from": "", "to": ""}).round(2)
attribution

# %% [markdown]
# ## Figure 2. The same, as a waterfall
# Bars are the steps, from what the first policy keeps to what the last one keeps; the line on a bar is its 90 %
# interval over draws, a diamond its Shapley value, from the same start.

# %%
steps = attribution.drop("together").iloc[::-1]
start = (attribution["jobs kept"].cumsum() - attribution["jobs kept"]).loc[steps.index]

figure_2, axis = plt.subplots(figsize=(6, 2.2), layout="constrained")
axis.use_sticky_edges = False
axis.barh(
    steps.index,
    steps["jobs kept"],
    left=start,
    height=0.55,
    color=[GAIN if g >= 0 else LOSS for g in steps["jobs kept"]],
)
for y, (step, row) in enumerate(steps.iterrows()):
    axis.plot(start[step] + row[["low", "high"]].astype(float), [y, y], color=INK, linewidth=1.2)
    axis.plot(start[step] + row["Shapley"], y, "D", color="w", markeredgecolor=INK, markersize=5)
axis.axvline(0, linewidth=0.8, color=INK)
_ = axis.set_xlabel(f"jobs kept more than under {steps['from'].iloc[-1]}")
# %% [markdown]
# ## Table 4. What it hangs on
# Each assumption in turn gets another value and every policy is worked out anew. *Turns* says whether the conclusion
# "keeps more than the baseline" is another one.

# %%
ASSUMPTIONS = {
    "zoals_het_is": "as it is",
    "weken_tot_verhuizing": "weeks until the move",
    "afstandsmaat": "distance by",
    "straal_km": "radius, km",
    "uren_minimum": "hours that make a ground",
    "volgorde_gronden": "order of grounds",
    "curve": "curve of retention",
    "deel_tijdelijk": "share of temporary contracts",
}
WORDS = {
    "straight": "straight line",
    "border": "border",
    "road": "road",
    "werk_eerst": "work first",
    "vlak": "flat",
    "steil": "steep",
}


def varied(policy: str) -> pd.DataFrame:
    """Return what a policy and the baseline keep under every assumption, in order."""
    assumed = sensitivity.assign(waarde=sensitivity["waarde"].fillna("")).set_index(["aanname", "waarde"], append=True)
    ours, base = (assumed.xs(name, level="beleid") for name in (policy, BASELINE))
    told = [f"{ASSUMPTIONS[a]} {WORDS.get(v, v)}".strip() for a, v in ours.index]
    columns = {"kept": ours["behouden"], "baseline": base["behouden"].reindex(ours.index)}
    table = pd.DataFrame(columns).assign(assumption=told, turns=ours["keert_om"].map({"ja": "yes", "nee": ""}))
    table["difference"] = table["kept"] - table["baseline"]
    return table.set_index("assumption")[["kept", "baseline", "difference", "turns"]].round(2)


assumptions = varied(POLICY)
assumptions

# %% [markdown]
# ## Figure 3. Tornado
# The difference in jobs kept between the default and the baseline, under every assumption, the farthest from "as it
# is" on top. A cross marks where the conclusion turns.

# %%
base = assumptions.loc["as it is", "difference"]
swings = assumptions.drop("as it is")
swings = swings.iloc[(swings["difference"] - base).abs().argsort(kind="stable")]

figure_3, axis = plt.subplots(figsize=(6, 0.6 + 0.24 * len(swings)), layout="constrained")
colours = [GAIN if d >= base else LOSS for d in swings["difference"]]
axis.barh(swings.index, swings["difference"] - base, left=base, color=colours, height=0.6)
axis.plot(swings["difference"], swings.index, ".", color=INK, markersize=4)
turned = swings[swings["turns"] == "yes"]
axis.plot(turned["difference"], turned.index, "x", color=INK, markersize=8)
axis.axvline(base, linewidth=1, color=INK)
axis.axvline(0, linestyle="--", linewidth=0.8, color="#999999")
_ = axis.set_xlabel(f"jobs kept: {POLICY} less {BASELINE}")
# %% [markdown]
# ## In one paragraph
# Written from the tables above, so that it cannot say more than they do.

# %%
gain, upper = paired.loc[("behouden", POLICY)], paired.loc[("behouden_max", POLICY)]
jobs = months.loc[POLICY, "banen"].mean()
sure = "whatever becomes of the undecided" if upper["low"] > 0 else "but not if all undecided jobs turn out to be kept"
sure = sure if gain["low"] > 0 else "which these months do not tell apart from nought"
turns = ", ".join(assumptions.index[assumptions["turns"] == "yes"]) or "none of those tried"
print(
    f"Of {jobs:.0f} jobs a month {POLICY} keeps {gain['difference']:+.1f} [{gain['low']:+.1f}, {gain['high']:+.1f}] "
    f"compared with {BASELINE}\n({gain['months']:.0f} months, 95 % interval over months), {sure}.\n"
    f"The largest step is: {steps['jobs kept'].idxmax()}. Assumptions that turn the conclusion: {turns}."
)

# %% [markdown]
# What this does not say: nobody has counted how many jobs are really lost by forced moves, and the curve of retention
# is an assumption. Look at differences between policies, not at levels.

# %%
if OUT:
    place = Path(OUT)
    place.mkdir(parents=True, exist_ok=True)
    named = {"headline": headline, "differences": differences, "attribution": attribution, "assumptions": assumptions}
    for name, table in named.items():
        table.to_csv(place / f"policies_{name}.csv")
        (place / f"policies_{name}.tex").write_text(table.to_latex(float_format="%.1f", escape=True), encoding="utf-8")
    for name, figure in {"months": figure_1, "attribution": figure_2, "tornado": figure_3}.items():
        figure.savefig(place / f"policies_{name}.pdf", metadata={"CreationDate": None})
