"""Draw the learning curves of both networks into ../weights/curves.svg.

Usage: python curves.py   (after train.py)
"""

import csv
import pathlib

import matplotlib.pyplot as plt

FOLDER = pathlib.Path(__file__).parent
plt.rcParams |= {"svg.hashsalt": "bioengine", "svg.fonttype": "none"}

if __name__ == "__main__":
    figure, panels = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    for panel, model in zip(panels, ("cellpose", "stardist")):
        with open(FOLDER / "checkpoints" / f"{model}.csv") as log:
            rows = list(csv.DictReader(log))
        iterations = [int(row["iteration"]) for row in rows]
        for part, style in (("training", {"color": "0.7"}), ("validation", {"color": "tab:blue"})):
            panel.plot(iterations, [float(row[part]) for row in rows], label=part, **style)
        panel.set(title=model, xlabel="iteration", ylabel="loss", ylim=(0, None))
        panel.legend(frameon=False)
    described = {"Title": "Losses of both networks over the iterations of their training", "Date": None}
    figure.savefig(FOLDER.parent / "weights" / "curves.svg", metadata=described)
