package dev.tritontube.web.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.proto.admin.v1.AddNodeRequest;
import dev.tritontube.proto.admin.v1.Backup;
import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.admin.v1.CreateBackupRequest;
import dev.tritontube.proto.admin.v1.DrainNodeRequest;
import dev.tritontube.proto.admin.v1.ListBackupsRequest;
import dev.tritontube.proto.admin.v1.ListNodesRequest;
import dev.tritontube.proto.admin.v1.LocateKeyRequest;
import dev.tritontube.proto.admin.v1.LocateKeyResponse;
import dev.tritontube.proto.admin.v1.Node;
import dev.tritontube.proto.admin.v1.PlanRingRequest;
import dev.tritontube.proto.admin.v1.RemoveNodeRequest;
import dev.tritontube.proto.admin.v1.RestoreRequest;
import dev.tritontube.proto.admin.v1.ShowRingRequest;
import dev.tritontube.proto.admin.v1.ShowRingResponse;
import dev.tritontube.proto.admin.v1.StatusRequest;
import dev.tritontube.proto.admin.v1.StatusResponse;
import dev.tritontube.proto.wire.Trailers;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The admin service in front of real storage nodes.
class AdminServerTest {
  @TempDir Path folder;
  private LiveCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new LiveCluster(folder, 3);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void letsNobodyInWithoutTheKey() {
    StatusRuntimeException refusal =
        assertThrows(
            StatusRuntimeException.class,
            () -> cluster.admin("wrong").listNodes(ListNodesRequest.getDefaultInstance()));
    assertEquals(Status.Code.UNAUTHENTICATED, refusal.getStatus().getCode());
  }

  @Test
  void refusesWithACode() {
    StatusRuntimeException refusal =
        assertThrows(
            StatusRuntimeException.class,
            () -> end(cluster.admin().drainNode(drain(cluster.address(1)))));
    assertEquals(Status.Code.FAILED_PRECONDITION, refusal.getStatus().getCode());
    assertEquals("too_few_nodes", Status.trailersFromThrowable(refusal).get(Trailers.CODE));
    assertEquals(
        Status.Code.INVALID_ARGUMENT,
        assertThrows(
                StatusRuntimeException.class, () -> end(cluster.admin().addNode(add("nowhere"))))
            .getStatus()
            .getCode());
  }

  @Test
  void writesDownWhatIsGrantedAndChangesSomething() throws Exception {
    cluster.admin().listNodes(ListNodesRequest.getDefaultInstance());
    assertThrows(
        StatusRuntimeException.class,
        () -> end(cluster.admin().drainNode(drain(cluster.address(1)))));
    assertEquals(List.of(), cluster.acts);

    cluster.startNode(4);
    end(cluster.admin().addNode(add(cluster.address(4)).toBuilder().setNoWait(true).build()));

    assertEquals(1, cluster.acts.size(), cluster.acts::toString);
    assertTrue(cluster.acts.getFirst().startsWith("AddNode "), cluster.acts::toString);
    assertTrue(cluster.acts.getFirst().contains(cluster.address(4)), cluster.acts::toString);
  }

  @Test
  void copiesTheCatalogIntoTheRing() {
    Backup made = cluster.backups().createBackup(CreateBackupRequest.getDefaultInstance());
    assertEquals("DONE", made.getState());
    assertEquals(
        List.of(made),
        cluster.backups().listBackups(ListBackupsRequest.getDefaultInstance()).getBackupsList());
    assertTrue(cluster.acts.getFirst().startsWith("CreateBackup"), cluster.acts::toString);
    StatusRuntimeException refusal =
        assertThrows(
            StatusRuntimeException.class,
            () -> cluster.backups().restore(RestoreRequest.getDefaultInstance()));
    assertEquals(Status.Code.FAILED_PRECONDITION, refusal.getStatus().getCode());
    assertEquals("catalog_not_empty", Status.trailersFromThrowable(refusal).get(Trailers.CODE));
  }

  @Test
  void doesNotWaitForWhatIsNoNode() {
    StatusRuntimeException refusal =
        assertThrows(
            StatusRuntimeException.class,
            () -> end(cluster.admin().addNode(add("127.0.0.1:" + cluster.adminPort()))));
    assertEquals(Status.Code.UNAVAILABLE, refusal.getStatus().getCode());
    assertEquals("no_node", Status.trailersFromThrowable(refusal).get(Trailers.CODE));
  }

  @Test
  void bringsANodeThatWasAwayUpToDate() throws Exception {
    puts(0, 20);
    awaitStatus("OK", 0);
    cluster.stopNode(2);
    puts(20, 40);
    StatusResponse without = status();
    assertEquals("DEGRADED", without.getHealth());
    assertEquals(20, without.getUnderReplicated());
    assertEquals("PARTIAL", without.getWorkers(0).getSandbox().getDegree());
    assertEquals(3, without.getWorkers(0).getSandbox().getLandlock());

    cluster.startNode(2);
    awaitStatus("OK", 0);
    for (Node node : status().getNodesList()) {
      assertEquals(40, node.getBlobs(), node::toString);
    }
  }

  @Test
  void addsDrainsAndRemovesUnderLoad() throws Exception {
    puts(0, 60);
    cluster.startNode(4);
    assertEquals(
        12288,
        cluster
            .admin()
            .planRing(PlanRingRequest.newBuilder().setAdd(add(cluster.address(4))).build())
            .getMovedReplicas());
    ChangeProgress added = whilePutting(60, cluster.admin().addNode(add(cluster.address(4))));
    assertEquals("DONE", added.getPhase());
    assertEquals(added.getMinimumReplicas(), added.getMovedReplicas());
    assertTrue(added.getMovedBlobs() >= 20, added::toString);
    readsAll(70);

    ChangeProgress drained = whilePutting(70, cluster.admin().drainNode(drain(cluster.address(1))));
    assertEquals("DONE", drained.getPhase());
    readsAll(80);
    ChangeProgress removed =
        end(
            cluster
                .admin()
                .removeNode(RemoveNodeRequest.newBuilder().setNode(cluster.address(1)).build()));
    assertEquals("DONE", removed.getPhase());
    assertEquals(0, removed.getMovedReplicas());
    cluster.stopNode(1);
    readsAll(80);
    awaitStatus("OK", 0);
    balanced();
  }

  @Test
  void aChangeGoesOnAfterTheWebServerWasStopped() throws Exception {
    puts(0, 60);
    cluster.startNode(4);
    AddNodeRequest add = add(cluster.address(4)).toBuilder().setNoWait(true).build();
    end(cluster.admin().addNode(add));
    cluster.stopWeb();
    cluster.startWeb();
    await(
        "the change to end",
        () -> !cluster.admin().showRing(ShowRingRequest.getDefaultInstance()).hasChange());
    awaitStatus("OK", 0);
    readsAll(60);
    balanced();
  }

  private void puts(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      cluster.put(i);
    }
  }

  /// Ten more blobs, while a change goes on.
  private ChangeProgress whilePutting(int from, Iterator<ChangeProgress> change) throws Exception {
    assertTrue(change.hasNext());
    puts(from, from + 10);
    return end(change);
  }

  private void readsAll(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      assertArrayEquals(LiveCluster.bytes(i), cluster.read(i), "blob " + i);
    }
    LocateKeyResponse place =
        cluster
            .admin()
            .locateKey(LocateKeyRequest.newBuilder().setKey(LiveCluster.key(0).value()).build());
    assertEquals(3, place.getOwnersCount());
    assertEquals(3, place.getHoldersCount());
  }

  private void balanced() {
    ShowRingResponse ring = cluster.admin().showRing(ShowRingRequest.getDefaultInstance());
    ring.getNodesList()
        .forEach(
            node ->
                assertTrue(
                    Math.abs(node.getArcs() - node.getQuota()) <= node.getQuota() * 0.02,
                    node::toString));
  }

  private static AddNodeRequest add(String address) {
    return AddNodeRequest.newBuilder().setAddress(address).build();
  }

  private static DrainNodeRequest drain(String node) {
    return DrainNodeRequest.newBuilder().setNode(node).build();
  }

  private static ChangeProgress end(Iterator<ChangeProgress> messages) {
    ChangeProgress last = ChangeProgress.getDefaultInstance();
    while (messages.hasNext()) {
      last = messages.next();
    }
    return last;
  }

  private StatusResponse status() {
    return cluster.admin().status(StatusRequest.getDefaultInstance());
  }

  private void awaitStatus(String health, long underReplicated) throws InterruptedException {
    await(
        health + " and " + underReplicated,
        () -> {
          StatusResponse status = status();
          return status.getHealth().equals(health)
              && status.getUnderReplicated() == underReplicated;
        });
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(deadline), () -> "waited for " + what + ": " + status());
      new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
    }
  }
}
