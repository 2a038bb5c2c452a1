#!/usr/bin/env bash
# Makes sample-data/models/pneumonia-xray anew from PneumoniaMNIST (Yang et al. 2023, CC BY 4.0): learns from its train split,
# selects on its val split, never sees its test split. Argument: pneumoniamnist.npz, or a file with its train and val arrays.
# Resumes where it was stopped; delete target/train/pneumonia-xray to begin anew.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
data=${1:-$LESIONJ_HOME/../shared/data/pneumoniamnist/pneumoniamnist_train_val.npz}
[ -f "$data" ] || stop "Give the npz of PneumoniaMNIST: bin/train-pneumonia-xray pneumoniamnist.npz" 2

work=$LESIONJ_HOME/target/train/pneumonia-xray
LESIONJ_ONEDNN=on "$LESIONJ_HOME/bin/lesionj" "Train Classifier..." data="$data#train" validation="#val" class_names=normal,pneumonia \
  output="$work" model_name=pneumonia-xray architecture=explainable-cnn epochs=15 batch=64 learning_rate=0.002 \
  dropout=0.3 label_smoothing=0.1 augment=rotation:12,translation:0.1,zoom:0.2,contrast:0.3,brightness:0.2,noise:0.03 \
  resize=crop intensity=type channels=1 licence=CC-BY-4.0 seed=1 \
  attribution="PneumoniaMNIST of MedMNIST v2 (Yang et al. 2023, 10.1038/s41597-022-01721-8), from Kermany, Zhang, Goldbaum 2018 (10.17632/rscbjbr9sj), CC BY 4.0"



