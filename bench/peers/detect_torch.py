"""Speed of torchvision's Faster R-CNN (ResNet-18, FPN) on random images with random boxes: training (SGD) or inference."""
import json

from common import base_parser, set_env_threads, set_torch, timed


def model(classes):
    import torch.nn as nn
    from torchvision.models import resnet18
    from torchvision.models.detection import FasterRCNN
    from torchvision.models.detection.anchor_utils import AnchorGenerator
    from torchvision.models.detection.backbone_utils import BackboneWithFPN
    from torchvision.ops import MultiScaleRoIAlign

    class Levels(BackboneWithFPN):
        """P2 to P4, without the pooled level."""
        def forward(self, x):
            out = super().forward(x)
            return {k: v for k, v in out.items() if k != "pool"}

    body = resnet18(weights=None, norm_layer=nn.BatchNorm2d)
    backbone = Levels(body, {"layer1": "0", "layer2": "1", "layer3": "2"}, [64, 128, 256], 256)
    anchors = AnchorGenerator(((4, 8, 16), (8, 16, 32), (16, 32, 64)), ((.5, 1., 2.),) * 3)
    return FasterRCNN(backbone, num_classes=classes + 1, rpn_anchor_generator=anchors,
                      box_roi_pool=MultiScaleRoIAlign(["0", "1", "2"], 7, 2), min_size=512, max_size=512,
                      image_mean=[0, 0, 0], image_std=[1, 1, 1], box_batch_size_per_image=128)


def main():
    p = base_parser(__doc__)
    p.add_argument("--size", type=int, default=512)
    p.add_argument("--batch", type=int, default=2)
    p.add_argument("--steps", type=int, default=10)
    p.add_argument("--warmup", type=int, default=3)
    p.add_argument("--infer", action="store_true")
    a = p.parse_args()
    set_env_threads(a.threads)
    torch = set_torch(a.threads, a.seed)
    net = model(2)

    def images(n):
        return [torch.rand(3, a.size, a.size) for _ in range(n)]

    def targets(n):
        out = []
        for _ in range(n):
            corner = torch.rand(8, 2) * (a.size - 64)
            out.append({"boxes": torch.cat([corner, corner + 8 + torch.rand(8, 2) * 48], 1), "labels": torch.randint(1, 3, (8,))})
        return out

    if a.infer:
        net.eval()
        batch, one = images(a.batch), images(1)
        with torch.inference_mode():
            many = timed(lambda: net(batch), a.steps, a.warmup)
            single = timed(lambda: net(one), a.steps, a.warmup)
        print_line(a, many, single, torch.__version__)
        return
    net.train()
    optimizer = torch.optim.AdamW(net.parameters(), 1e-4)
    batch, truth = images(a.batch), targets(a.batch)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = sum(net(batch, truth).values())
        loss.backward()
        optimizer.step()
        return loss.item()

    print_line(a, timed(step, a.steps, a.warmup), None, torch.__version__)


def print_line(a, times, single, version):
    line = {"backend": "torchvision", "torch": version, "size": a.size, "batch": a.batch, "threads": a.threads,
            "images_per_second": a.batch * len(times) / sum(times), "ms_per_step": 1000 * sorted(times)[len(times) // 2]}
    if single:
        line["ms_per_image"] = 1000 * sorted(single)[len(single) // 2]
    print(json.dumps(line))


if __name__ == "__main__":
    main()
