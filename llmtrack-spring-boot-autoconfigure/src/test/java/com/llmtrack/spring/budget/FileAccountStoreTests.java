// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmBudgetUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileAccountStore}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FileAccountStoreTests extends AbstractAccountStoreContractTests {

	private static final String FIRST_LINE = "LLMtrack accounts 1 00000000-0000-0000-0000-000000000000\n";

	@TempDir
	private Path temporary;

	@Override
	protected AccountStore store() {
		return new FileAccountStore(directory(), "shop");
	}

	private Path directory() {
		return this.temporary.resolve("budgets");
	}

	private Path file() {
		return directory().resolve("shop.accounts");
	}

	@Test
	void nothingIsWrittenBeforeThereIsAnAmount() {
		assertThat(store()).isNotNull();
		assertThat(directory()).doesNotExist();
		read(store(), ACCOUNT);
		assertThat(file()).doesNotExist();
	}

	@Test
	void applicationsHaveFilesOfTheirOwn() {
		add(store(), ACCOUNT, 1, 5);
		add(new FileAccountStore(directory(), "admin"), ACCOUNT, 1, 7);
		assertThat(read(store(), ACCOUNT)).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../shop", "a/b\\c", "*", "..", "Gro\u00dfhandel \u65e5\u672c" })
	void applicationMayHaveAnyName(String application) throws IOException {
		FileAccountStore store = new FileAccountStore(directory(), application);
		assertThat(add(store, ACCOUNT, 1, 5)).isEqualTo(5);
		assertFiles(2);
	}

	@Test
	void longNamesAreShortened() throws IOException {
		String name = "shop".repeat(100);
		add(new FileAccountStore(directory(), name + "1"), ACCOUNT, 1, 5);
		assertThat(read(new FileAccountStore(directory(), name + "2"), ACCOUNT)).isZero();
		assertThat(read(new FileAccountStore(directory(), name + "1"), ACCOUNT)).isEqualTo(5);
	}

	private void assertFiles(int count) throws IOException {
		try (Stream<Path> files = Files.list(directory())) {
			assertThat(files).hasSize(count);
		}
		try (Stream<Path> files = Files.list(this.temporary)) {
			assertThat(files).hasSize(1);
		}
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void onlyTheOwnerCanReadIt() throws IOException {
		add(store(), ACCOUNT, 1, 5);
		assertThat(Files.getPosixFilePermissions(file())).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ,
				PosixFilePermission.OWNER_WRITE);
		assertThat(Files.getPosixFilePermissions(directory())).hasSize(3);
	}

	@Test
	void accountsAreRemovedADayAfterTheirPeriod() throws IOException {
		add(store(), ACCOUNT, 1, 5);
		AccountKey next = new AccountKey("support", LlmBudgetUnit.USD, null, ACCOUNT.end(),
				ACCOUNT.end().plusSeconds(90_000));
		add(at(ACCOUNT.end().plus(Duration.ofHours(23))), next, 1, 7);
		assertThat(read(store(), ACCOUNT)).isEqualTo(5);
		add(at(ACCOUNT.end().plus(Duration.ofHours(25))), next, 1, 7);
		assertThat(read(store(), ACCOUNT)).isZero();
		assertThat(read(store(), next)).isEqualTo(14);
		assertThat(file()).content().hasLineCount(3);
	}

	private FileAccountStore at(Instant time) {
		return new FileAccountStore(directory(), "shop", Clock.fixed(time, ZoneOffset.UTC));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?", FIRST_LINE, "LLMtrack accounts 1\naccounts: 0\n",
			"LLMtrack accounts 2 00000000-0000-0000-0000-000000000000\naccounts: 0\n", FIRST_LINE + "accounts: 1\n",
			FIRST_LINE + "a\tb\tc\td\te\naccounts: 1\n", FIRST_LINE + "a\naccounts: 1\n",
			FIRST_LINE + "a\tEUR\tc\td\te\tf\naccounts: 1\n", FIRST_LINE + "a\tUSD\tc\td\te\tf\naccounts: 1\n",
			FIRST_LINE + "a\tUSD\t2026-12-01T00:00:00Z\t2027-01-01T00:00:00Z\t?\t\naccounts: 1\n" })
	void damagedFileIsPutAside(String content, CapturedOutput output) throws IOException {
		Files.createDirectories(directory());
		Files.writeString(file(), content);
		AccountStore store = store();
		assertThat(read(store, ACCOUNT)).isZero();
		assertThat(add(store, ACCOUNT, 1, 5)).isEqualTo(5);
		assertThat(directory().resolve("shop.accounts.unreadable")).hasContent(content);
		assertThat(output).containsOnlyOnce("with accounts of budgets is damaged");
	}

	@Test
	void fileWithoutItsEndIsDamaged() throws IOException {
		AccountStore store = store();
		for (int i = 0; i < 10; i++) {
			add(store, key("support", "customer-" + i), i, 1000);
		}
		byte[] content = Files.readAllBytes(file());
		for (int length = 0; length < content.length - 1; length++) {
			byte[] begin = new byte[length];
			System.arraycopy(content, 0, begin, 0, length);
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> AccountFormat.read(begin));
		}
	}

	@Test
	void failedAdditionCountsWhenItIsHandedOverAgain() throws IOException {
		AccountStore store = store();
		add(store, ACCOUNT, 1, 5);
		Path obstacle = Files.createDirectory(directory().resolve("shop.accounts.tmp"));
		Path content = Files.createFile(obstacle.resolve("file"));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> add(store, ACCOUNT, 2, 7));
		assertThat(read(store(), ACCOUNT)).isEqualTo(5);
		assertThat(read(store, ACCOUNT)).isEqualTo(5);
		Files.delete(content);
		Files.delete(obstacle);
		assertThat(add(store, ACCOUNT, 2, 7)).isEqualTo(12);
		assertThat(add(store, ACCOUNT, 2, 7)).isEqualTo(12);
	}

	@Test
	void additionsThatFailInTheMidstCountOnce() {
		AccountStore store = store();
		AccountKey full = key("full", null);
		add(store, full, 1, Long.MAX_VALUE);
		assertThatExceptionOfType(ArithmeticException.class)
			.isThrownBy(() -> store.add(List.of(new Addition(ACCOUNT, 2, 5), new Addition(full, 3, 1))));
		assertThat(read(store, ACCOUNT)).isZero();
		assertThat(add(store, ACCOUNT, 2, 5)).isEqualTo(5);
	}

	/**
	 * Nothing but the first line tells what another process has written within the
	 * resolution of the file system's clock.
	 */
	@Test
	void writingOfOthersIsNoticedWhenTimeAndSizeAreTheSame() throws IOException {
		AccountStore store = store();
		add(store, ACCOUNT, 1, 5);
		Path others = Files.createDirectory(this.temporary.resolve("others")).resolve("shop.accounts");
		Files.copy(file(), others);
		add(new FileAccountStore(others.getParent(), "shop"), ACCOUNT, 1, 2);
		overwrite(Files.readString(others));
		assertThat(read(store, ACCOUNT)).isEqualTo(7);
		assertThat(add(store, ACCOUNT, 2, 1)).isEqualTo(8);
	}

	@Test
	void unchangedFileIsNotReadAgain() throws IOException {
		AccountStore store = store();
		store.claim(ACCOUNT, "WARNING");
		add(store, ACCOUNT, 1, 5);
		add(store, key("support", "acme"), 2, 3);
		AccountStore reader = store();
		read(reader, ACCOUNT);
		String content = Files.readString(file());
		String unreadable = content.replace("USD", "EUR");
		overwrite(unreadable);
		for (AccountStore each : List.of(store, reader)) {
			assertThat(read(each, ACCOUNT)).isEqualTo(5);
			assertThat(each.claim(ACCOUNT, "WARNING")).isFalse();
		}
		assertThat(file()).hasContent(unreadable);
		add(store, ACCOUNT, 3, 1);
		assertThat(read(reader, ACCOUNT)).isEqualTo(6);
	}

	/**
	 * Replace the content of the file by one of the same size, at the same time.
	 */
	private void overwrite(String content) throws IOException {
		FileTime time = Files.getLastModifiedTime(file());
		assertThat(content).hasSize((int) Files.size(file()));
		Files.writeString(file(), content);
		Files.setLastModifiedTime(file(), time);
	}

	@Test
	void fileThatIsEditedOrLosesItsEndIsReadAgain() throws IOException {
		AccountStore store = store();
		add(store, ACCOUNT, 1, 5);
		String content = Files.readString(file());
		Files.writeString(file(), content.replace("\t5\t", "\t3456\t"));
		assertThat(read(store, ACCOUNT)).isEqualTo(3456);
		Files.writeString(file(), content.substring(0, content.length() / 2));
		assertThat(read(store, ACCOUNT)).isZero();
		assertThat(add(store, ACCOUNT, 2, 5)).isEqualTo(5);
		Files.delete(file());
		assertThat(read(store, ACCOUNT)).isZero();
	}

	@Test
	void restOfAKilledProcessIsReplaced() throws IOException {
		Files.createDirectories(directory());
		Files.writeString(directory().resolve("shop.accounts.tmp"), "LLMtrack acc");
		assertThat(add(store(), ACCOUNT, 1, 5)).isEqualTo(5);
		assertThat(directory().resolve("shop.accounts.tmp")).doesNotExist();
	}

	@Test
	void directoryThatCannotBeCreatedIsAFailure() throws IOException {
		Files.createFile(directory());
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> add(store(), ACCOUNT, 1, 5));
	}

	@Test
	void amountsMayBeAnyAge() {
		assertThat(store().freshness()).isNull();
		assertThat(store().description()).isEqualTo("the file " + file());
	}

}
