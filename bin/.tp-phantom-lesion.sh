#!/usr/bin/env bash
# Makes sample-data/models/phantom-lesion anew: 8,000 phantoms of seeds 1000000 on, 500 of 2500000 on to select on.
# Resumes where it was stopped; delete target/train/phantom-lesion to begin anew.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

work=$LESIONJ_HOME/target/train/phantom-lesion
[ -f "$work/train/truth.csv" ] || "$LESIONJ_HOME/bin/phantoms" "$work/train" 8000 1000000 >&2
[ -f "$work/val/truth.csv" ] || "$LESIONJ_HOME/bin/phantoms" "$work/val" 500 2500000 >&2
LESIONJ_ONEDNN=on "$LESIONJ_HOME/bin/lesionj" "Train Classifier..." data="$work/train" validation="$work/val" class_names=normal,lesion \
  output="$work/run" model_name=phantom-lesion architecture=explainable-cnn size=128 channels=1 epochs=14 batch=16 learning_rate=0.001 \
  augment=light,flip_x options=width=20 licence=BSD-2-Clause attribution="Radiograph phantoms drawn by bin/phantoms" seed=1



