package dev.tritontube.manifests.presentation;

/// What a track is among those of its kind (ISO/IEC 23009-1, 5.8.5.5).
public enum Role {
  MAIN,
  ALTERNATE
}
