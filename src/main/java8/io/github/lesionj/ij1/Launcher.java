package io.github.lesionj.ij1;
public class Launcher {}
