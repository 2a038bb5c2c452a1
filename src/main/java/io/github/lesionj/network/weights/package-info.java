/**
 * Weights of others in and out: files of PyTorch and safetensors, torchvision's and timm's names and layout, and what of a
 * file a network starts from. Nothing in a file is run or believed.
 */
package io.github.lesionj.network.weights;
