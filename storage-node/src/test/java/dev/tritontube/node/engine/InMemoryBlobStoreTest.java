package dev.tritontube.node.engine;

final class InMemoryBlobStoreTest extends BlobStoreContract {
  @Override
  BlobStore create() {
    return new InMemoryBlobStore();
  }
}
