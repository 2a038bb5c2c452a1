"""Makes src/test/resources/weights/*: small files as PyTorch and safetensors write them, with values that the tests know.
Run with torch 2.15, safetensors 0.8: python torch_files.py FOLDER
"""
import sys
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file

folder = Path(sys.argv[1])
base = torch.arange(24, dtype=torch.float32)
state = OrderedDict()
state["module.kernel.weight"] = (base / 4).reshape(4, 3, 2, 1)
state["module.turned"] = torch.arange(6, dtype=torch.float32).reshape(2, 3).t()  # [3, 2]: 0 3 / 1 4 / 2 5
state["module.part"] = base[5:9]  # 5 6 7 8, one storage with the next
state["module.steps"] = base[1::8]  # 1 9 17
state["module.parameter"] = torch.nn.Parameter(torch.tensor([1.5, -2.0]))
state["module.half"] = torch.tensor([1.0, -0.5, 65504.0, 2.0**-24, 0.1], dtype=torch.float16)
state["module.brain"] = torch.tensor([1.0, -3.0, 2.0**100], dtype=torch.bfloat16)
state["module.double"] = torch.tensor([0.1, 1e-300], dtype=torch.float64)
state["module.scalar"] = torch.tensor(7.0)
state["module.empty"] = torch.zeros(0, 3)
state["module.bn.num_batches_tracked"] = torch.tensor(12)
state._metadata = OrderedDict(version=1)

torch.save(state, folder / "zip.pth")
torch.save(state, folder / "legacy.pth", _use_new_zipfile_serialization=False)
torch.save({"epoch": 3, "state_dict": state, "optimizer": {"step": torch.tensor(5), 0: [None, True, 2.5]}}, folder / "nested.pth")
torch.save(torch.nn.Linear(2, 1), folder / "module.pth")
torch.save({"state_dict": {"a": torch.ones(1)}, "model": {"a": torch.ones(1)}}, folder / "two.pth")
torch.save({"epoch": 3}, folder / "none.pth")
torch.save({"a": torch.ones(1).expand(1000)}, folder / "expanded.pth")
torch.save({"a": torch.tensor([1.0 + 2.0j])}, folder / "complex.pth")
# a network with its code, which is no state dict
torch.jit.save(torch.jit.script(torch.nn.Linear(2, 1)), folder / "script.pt")
save_file({key: value.detach().contiguous().clone() for key, value in state.items()}, folder / "all.safetensors", metadata={"format": "pt"})
