package dev.tritontube.web.admin;

import com.google.protobuf.Timestamp;
import dev.tritontube.proto.admin.v1.BackupServiceGrpc;
import dev.tritontube.proto.admin.v1.CreateBackupRequest;
import dev.tritontube.proto.admin.v1.ListBackupsRequest;
import dev.tritontube.proto.admin.v1.ListBackupsResponse;
import dev.tritontube.proto.admin.v1.RestoreRequest;
import dev.tritontube.proto.admin.v1.RestoreResponse;
import dev.tritontube.web.backups.Backup;
import dev.tritontube.web.backups.BackupDesk;
import dev.tritontube.web.backups.BackupId;
import dev.tritontube.web.backups.RestoreReport;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Optional;

/// `tritontube.admin.v1.BackupService`. Blocking: each call is on a virtual thread.
final class BackupService extends BackupServiceGrpc.BackupServiceImplBase {
  private final BackupDesk desk;

  BackupService(BackupDesk desk) {
    this.desk = desk;
  }

  @Override
  public void listBackups(ListBackupsRequest request, StreamObserver<ListBackupsResponse> answers) {
    Failures.answer(
        answers,
        () -> {
          ListBackupsResponse.Builder list = ListBackupsResponse.newBuilder();
          desk.list().forEach(backup -> list.addBackups(message(backup)));
          answers.onNext(list.build());
          answers.onCompleted();
        });
  }

  @Override
  public void createBackup(
      CreateBackupRequest request, StreamObserver<dev.tritontube.proto.admin.v1.Backup> answers) {
    Failures.answer(
        answers,
        () -> {
          answers.onNext(message(desk.create()));
          answers.onCompleted();
        });
  }

  @Override
  public void restore(RestoreRequest request, StreamObserver<RestoreResponse> answers) {
    Failures.answer(
        answers,
        () -> {
          Optional<BackupId> wanted =
              request.getBackup().isEmpty()
                  ? Optional.empty()
                  : Optional.of(new BackupId(request.getBackup()));
          answers.onNext(message(desk.restore(wanted)));
          answers.onCompleted();
        });
  }

  private static dev.tritontube.proto.admin.v1.Backup message(Backup backup) {
    return dev.tritontube.proto.admin.v1.Backup.newBuilder()
        .setId(backup.id().value())
        .setState(backup.state().name())
        .setBytes(backup.bytes())
        .setRows(backup.rows())
        .setEpoch(backup.epoch())
        .setCreatedAt(time(backup.createdAt()))
        .build();
  }

  private static RestoreResponse message(RestoreReport report) {
    return RestoreResponse.newBuilder()
        .setBackup(report.backup().value())
        .setFrom(time(report.from()))
        .setRows(report.rows())
        .setEpoch(report.epoch())
        .setDeletedVideos(report.deletedVideos())
        .setEncodedAnew(report.encodedAnew())
        .setEndedUploads(report.endedUploads())
        .setUnknownBlobs(report.unknownBlobs())
        .setUnknownBytes(report.unknownBytes())
        .setSilentNodes(report.silentNodes())
        .build();
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
