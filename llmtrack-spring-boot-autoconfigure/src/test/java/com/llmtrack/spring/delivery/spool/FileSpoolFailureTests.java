// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.SpooledEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.BDDMockito;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FileSpool} when the directory is not usable: nothing is stored
 * meanwhile, and one log line says so.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class FileSpoolFailureTests extends AbstractFileSpoolTests {

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

	@Test
	void directoryThatIsAFileIsReportedOnceAndTriedAgain(CapturedOutput output) throws IOException {
		Files.createFile(directory());
		FileSpool spool = spool();
		for (int i = 0; i < 20; i++) {
			assertThat(spool.upkeep().adopted()).isEmpty();
			assertThat(store(spool)).isNull();
			elapse(RETRY_INTERVAL);
		}
		assertThat(output).containsOnlyOnce("can't be used (java.nio.file.FileAlreadyExistsException");
		assertThat(spoolLines(output)).isOne();
		Files.delete(directory());
		assertThat(store(spool)).isNotNull();
		assertThat(output).containsOnlyOnce("is used again");
		assertThat(content().events()).hasSize(1);
	}

	@Test
	void directoryThatFailsIsLeftAloneForAWhile() throws IOException {
		Files.createFile(directory());
		FileSpool spool = spool();
		assertThat(store(spool)).isNull();
		Files.delete(directory());
		elapse(RETRY_INTERVAL.minusNanos(1));
		assertThat(store(spool)).isNull();
		assertThat(directory()).doesNotExist();
		elapse(Duration.ofNanos(1));
		assertThat(store(spool)).isNotNull();
	}

	@Test
	void troubleThatComesBackAtOnceIsNotReportedAgain(CapturedOutput output) throws IOException {
		FileSpool spool = spool();
		for (int i = 0; i < 5; i++) {
			FileSystemUtils.deleteRecursively(directory());
			Files.createFile(directory());
			assertThat(store(spool)).isNull();
			Files.delete(directory());
			elapse(RETRY_INTERVAL);
			assertThat(store(spool)).isNotNull();
		}
		assertThat(output).containsOnlyOnce("can't be used").containsOnlyOnce("is used again");
	}

	@Test
	void directoryThatIsRemovedIsCreatedAgain(CapturedOutput output) throws IOException {
		FileSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 3);
		FileSystemUtils.deleteRecursively(directory());
		assertThat(store(spool)).isNull();
		assertThat(isLost(spool, stored.get(0))).isTrue();
		spool.remove(stored);
		assertThat(directory()).doesNotExist();
		elapse(RETRY_INTERVAL);
		store(spool, 2);
		assertThat(content().events()).hasSize(2);
		assertThat(output).containsOnlyOnce("can't be used").containsOnlyOnce("is used again");
		spool.close();
		assertThat(spool().upkeep().adopted()).hasSize(2);
	}

	@Test
	void roomOfWhatWasRemovedByOthersIsFreeAgain() throws IOException {
		FileSpool spool = spool(3, 1_000_000);
		List<SpooledEvent> stored = store(spool, 2);
		FileSystemUtils.deleteRecursively(directory());
		assertThat(store(spool)).isNull();
		spool.remove(stored);
		elapse(RETRY_INTERVAL);
		store(spool, 3);
		assertThat(store(spool)).isNull();
	}

	@Test
	void fileThatCannotBeReadIsKept(CapturedOutput output) throws IOException {
		FileSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 2);
		Path file = file(stored.get(0));
		replaceByDirectory(file);
		for (int i = 0; i < 3; i++) {
			assertThat(load(spool, stored.get(0))).isNull();
		}
		assertThat(output).containsOnlyOnce("can't be read at present");
		assertThat(spoolLines(output)).isOne();
		assertThat(load(spool, stored.get(1))).isNotNull();
		assertThat(store(spool)).isNotNull();
	}

	@Test
	void fileThatCannotBeDeletedIsDeletedLater(CapturedOutput output) throws IOException {
		FileSpool spool = spool(2, 1_000_000);
		List<SpooledEvent> stored = store(spool, 2);
		Path file = file(stored.get(0));
		Path inside = replaceByDirectory(file);
		spool.remove(stored);
		assertThat(output).containsOnlyOnce("can't be used (java.nio.file.DirectoryNotEmptyException");
		elapse(RETRY_INTERVAL);
		assertThat(spool.upkeep().adopted()).isEmpty();
		assertThat(output).containsOnlyOnce("is used again");
		// It still takes up room
		assertThat(store(spool)).isNotNull();
		assertThat(store(spool)).isNull();
		Files.delete(inside);
		spool.upkeep();
		assertThat(file).doesNotExist();
		assertThat(store(spool)).isNotNull();
	}

	@Test
	void whatCouldNotBeDeletedIsDeletedAtTheEnd() throws IOException {
		FileSpool spool = spool();
		SpooledEvent stored = store(spool);
		Path inside = replaceByDirectory(file(stored));
		remove(spool, stored);
		Files.delete(inside);
		spool.close();
		assertThat(content().files()).isEmpty();
	}

	@Test
	void failureToAdoptIsReportedOnceAndHoldsUpNobodyElse(CapturedOutput output) throws IOException {
		Path instance = file(leave(1).get(0)).getParent();
		leave(2);
		Path lock = instance.resolveSibling(instance.getFileName() + ".lock");
		Files.delete(lock);
		Files.createDirectory(lock);
		FileSpool spool = spool();
		assertThat(spool.upkeep().adopted()).hasSize(2);
		for (int i = 0; i < 5; i++) {
			elapse(Duration.ofMinutes(2));
			assertThat(spool.upkeep().adopted()).isEmpty();
		}
		assertThat(output).containsOnlyOnce("can't be taken over");
		assertThat(store(spool)).isNotNull();
		Files.delete(lock);
		assertThat(spool.upkeep().adopted()).hasSize(1);
	}

	@Test
	void failuresToAdoptFromManyAreReportedOneAMinute(CapturedOutput output) throws IOException {
		for (int i = 0; i < 3; i++) {
			Path instance = file(leave(1).get(0)).getParent();
			Path lock = instance.resolveSibling(instance.getFileName() + ".lock");
			Files.delete(lock);
			Files.createDirectory(lock);
		}
		FileSpool spool = spool();
		for (int minutes = 1; minutes <= 5; minutes++) {
			spool.upkeep();
			spool.upkeep();
			assertThat(occurrences(output, "can't be taken over")).isEqualTo(Math.min(minutes, 3));
			elapse(Duration.ofMinutes(1));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jrt:/modules", "jrt:/modules/spool" })
	void directoryThatIsReadOnlyIsReportedOnce(URI directory, CapturedOutput output) {
		// A file system that not even root can write to
		FileSpool spool = spool(Path.of(directory));
		for (int i = 0; i < 3; i++) {
			assertThat(spool.upkeep().adopted()).isEmpty();
			elapse(RETRY_INTERVAL);
			assertThat(store(spool)).isNull();
			elapse(RETRY_INTERVAL);
		}
		assertThat(output).containsOnlyOnce("can't be used (java.nio.file.ReadOnlyFileSystemException");
		assertThat(spoolLines(output)).isOne();
	}

	@Test
	void diskThatIsFullIsReportedOnceUntilItHasRoom(CapturedOutput output) throws IOException {
		try (FileSystem disk = disk(64 * 1024)) {
			Path directory = disk.getPath("/spool");
			FileSpool spool = spool(directory);
			SpooledEvent first = store(spool);
			Path ballast = Files.write(disk.getPath("/ballast"), new byte[40 * 1024]);
			List<SpooledEvent> stored = new ArrayList<>();
			for (SpooledEvent next = first; next != null; next = store(spool)) {
				stored.add(next);
			}
			for (int i = 0; i < 5; i++) {
				elapse(RETRY_INTERVAL);
				assertThat(store(spool)).isNull();
			}
			assertThat(output).containsOnlyOnce("can't be used (java.io.IOException: out of disk space)");
			assertThat(spoolLines(output)).isOne();
			assertThat(new SpoolContent(directory).events()).hasSameSizeAs(stored);
			assertThat(new SpoolContent(directory).files()).noneMatch(SpoolFile::isTemporary);
			assertThat(stored).hasSizeGreaterThan(1).allSatisfy((event) -> assertThat(load(spool, event)).isNotNull());
			Files.delete(ballast);
			elapse(RETRY_INTERVAL);
			assertThat(store(spool)).isNotNull();
			assertThat(output).containsOnlyOnce("is used again");
			spool.close();
		}
	}

	private static FileSystem disk(long size) {
		return Jimfs.newFileSystem(
				Configuration.unix().toBuilder().setMaxSize(size).setBlockSize(512).setAttributeViews("posix").build());
	}

	private FileSpool spool(Path directory) {
		return new SpoolContent(directory).spool(this.now::get);
	}

	@Test
	void failuresLeaveNoLocksBehind() throws IOException {
		Files.createDirectory(directory());
		Path spoolDirectory = directory().resolve("not-there");
		Files.createFile(spoolDirectory);
		FileSpool spool = new SpoolContent(spoolDirectory).spool(this.now::get);
		for (int i = 0; i < 5; i++) {
			assertThat(store(spool)).isNull();
			elapse(RETRY_INTERVAL);
		}
		spool.close();
		assertThat(content().files()).containsExactly(spoolDirectory);
	}

	@Test
	void closeWaitsNotForLongWhenTheDiskHangs() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		EventCodec codec = BDDMockito.mock(EventCodec.class);
		BDDMockito.given(codec.encode(EVENT)).willAnswer((invocation) -> {
			hanging.countDown();
			goOn.await();
			return new byte[5];
		});
		FileSpool spool = new FileSpool(new SpoolSettings(directory(), 10, 1000), codec, this.now::get);
		CompletableFuture<SpooledEvent> store = CompletableFuture.supplyAsync(() -> store(spool));
		hanging.await();
		spool.close();
		assertThat(store).isNotDone();
		goOn.countDown();
		assertThat(store.join()).isNotNull();
		assertThat(spool().upkeep().adopted()).as("files that were given up").hasSize(1);
	}

	private static Path replaceByDirectory(Path file) throws IOException {
		Files.delete(file);
		Files.createDirectory(file);
		return Files.createFile(file.resolve("inside"));
	}

	private static int spoolLines(CapturedOutput output) {
		return occurrences(output, "com.llmtrack.spring.delivery");
	}

}
