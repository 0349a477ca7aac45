package dev.tritontube.admin;

import com.google.protobuf.Timestamp;
import dev.tritontube.proto.admin.v1.Backup;
import dev.tritontube.proto.admin.v1.BackupServiceGrpc;
import dev.tritontube.proto.admin.v1.CreateBackupRequest;
import dev.tritontube.proto.admin.v1.ListBackupsRequest;
import dev.tritontube.proto.admin.v1.ListBackupsResponse;
import dev.tritontube.proto.admin.v1.RestoreRequest;
import dev.tritontube.proto.admin.v1.RestoreResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/// Copies of the catalog that are always the same.
final class FakeBackups extends BackupServiceGrpc.BackupServiceImplBase {
  static final String ID = "20260101T000000Z-00000001";

  private static final Backup ONE =
      Backup.newBuilder()
          .setId(ID)
          .setState("DONE")
          .setBytes(2048)
          .setRows(77)
          .setEpoch(3)
          .setCreatedAt(Timestamp.newBuilder().setSeconds(1767225600))
          .build();

  @Override
  public void listBackups(ListBackupsRequest request, StreamObserver<ListBackupsResponse> answers) {
    answers.onNext(ListBackupsResponse.newBuilder().addBackups(ONE).build());
    answers.onCompleted();
  }

  @Override
  public void createBackup(CreateBackupRequest request, StreamObserver<Backup> answers) {
    answers.onNext(ONE);
    answers.onCompleted();
  }

  @Override
  public void restore(RestoreRequest request, StreamObserver<RestoreResponse> answers) {
    if (request.getBackup().equals("full")) {
      answers.onError(
          Status.FAILED_PRECONDITION
              .withDescription("this catalog is in use")
              .asRuntimeException());
      return;
    }
    answers.onNext(
        RestoreResponse.newBuilder()
            .setBackup(request.getBackup().isEmpty() ? ID : request.getBackup())
            .setFrom(ONE.getCreatedAt())
            .setRows(77)
            .setEpoch(1003)
            .setDeletedVideos(2)
            .setUnknownBlobs(5)
            .setUnknownBytes(4096)
            .build());
    answers.onCompleted();
  }
}
