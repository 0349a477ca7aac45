package dev.tritontube.web.accounts;

import dev.tritontube.web.catalog.Database;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;

/// What all web servers of a catalog sign with: made by the first of them. Thread-safe.
public final class SecretStore {
  private final Jdbi jdbi;
  private final RandomGenerator random;

  /// @param random must be unpredictable outside of tests
  public SecretStore(Database database, RandomGenerator random) {
    this.jdbi = database.jdbi();
    this.random = random;
  }

  public Signer signer(String purpose) {
    return new Signer(Base64.getUrlDecoder().decode(secret()), purpose);
  }

  private String secret() {
    return jdbi.inTransaction(
        tx -> {
          tx.createUpdate(
                  """
                  insert into secrets (name, value) values ('signing', :value)
                  on conflict (name) do nothing
                  """)
              .bind("value", Digests.newKey(random))
              .execute();
          return tx.createQuery("select value from secrets where name = 'signing'")
              .mapTo(String.class)
              .one();
        });
  }
}
