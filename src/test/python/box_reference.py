"""Makes src/test/resources/geometry/boxes.json: what torchvision says of boxes.

box_reference.py OUTPUT   (needs torch and torchvision; made with 2.15 and 0.29)
IoU, generalised IoU, non-maximum suppression, box coding and anchors of seeded random boxes, in double precision where torchvision can.
"""
import json
import sys

import torch
import torchvision
from torchvision.models.detection._utils import BoxCoder
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList

torch.manual_seed(20261127)


def boxes(count, most=100.0, side=40.0):
    corner = torch.rand(count, 2, dtype=torch.float64) * most
    return torch.cat([corner, corner + 1 + torch.rand(count, 2, dtype=torch.float64) * side], 1)


def main():
    found = {}
    a, b = boxes(12).float().double(), boxes(9).float().double()
    found["overlap"] = {"a": a.tolist(), "b": b.tolist(), "iou": torchvision.ops.box_iou(a, b).tolist(),
                        "giou": torchvision.ops.generalized_box_iou(a, b).tolist()}
    cases = []
    for count, limit, grain in ((60, 0.3, 0), (200, 0.5, 0), (400, 0.7, 0), (300, 0.1, 20)):
        some = boxes(count, 120.0, 60.0).float()
        scores = torch.rand(count)
        if grain:
            # equal scores, which torchvision's stable sort takes in their order
            scores = (scores * grain).round() / grain
        labels = torch.randint(0, 3, (count,))
        cases.append({"boxes": some.tolist(), "scores": scores.tolist(), "labels": labels.tolist(), "limit": limit,
                      "keep": torchvision.ops.nms(some, scores, limit).tolist(),
                      "keep_by_class": [int(i) for i in by_class(some, scores, labels, limit)]})
    found["nms"] = cases
    anchors, truth = boxes(10, 200.0), boxes(10, 200.0)
    coded = []
    for weights in ((1.0, 1.0, 1.0, 1.0), (10.0, 10.0, 5.0, 5.0)):
        coder = BoxCoder(weights)
        code = coder.encode_single(truth, anchors)
        noisy = code * 3 + torch.tensor([0.0, 0.0, 20.0, -1.0], dtype=torch.float64)
        coded.append({"weights": weights, "code": code.tolist(), "noisy": noisy.tolist(),
                      "decoded": coder.decode_single(noisy, anchors).tolist()})
    found["coding"] = {"anchors": anchors.tolist(), "truth": truth.tolist(), "cases": coded}
    grids = []
    for sizes, ratios, rows, columns, height, width in (((32,), (0.5, 1.0, 2.0), 3, 4, 24, 32), ((4, 8, 16), (0.5, 1.0, 2.0), 2, 3, 8, 12), ((7, 11), (0.3, 1.7), 2, 2, 32, 64)):
        generator = AnchorGenerator((sizes,), (ratios,))
        image = ImageList(torch.zeros(1, 1, height, width), [(height, width)])
        grids.append({"sizes": sizes, "ratios": ratios, "rows": rows, "columns": columns, "stride_y": height // rows, "stride_x": width // columns,
                      "anchors": generator(image, [torch.zeros(1, 1, rows, columns)])[0].tolist()})
    found["anchors"] = grids
    with open(sys.argv[1], "w") as file:
        json.dump(found, file)
        file.write("\n")


def by_class(some, scores, labels, limit):
    """Class by class and put together by score: torchvision's own batched_nms adds offsets, which cost digits."""
    kept = []
    for label in range(3):
        index = (labels == label).nonzero().flatten()
        kept += index[torchvision.ops.nms(some[index], scores[index], limit)].tolist()
    return sorted(kept, key=lambda i: (-scores[i].item(), i))


if __name__ == "__main__":
    main()
