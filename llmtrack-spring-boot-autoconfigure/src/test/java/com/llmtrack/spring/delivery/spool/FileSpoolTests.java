// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.SpooledEvent;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.BDDMockito;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileSpool} in a usable directory.
 */
@ExtendWith(OutputCaptureExtension.class)
class FileSpoolTests extends AbstractFileSpoolTests {

	@Test
	void nothingIsCreatedBeforeItIsUsed() {
		spool().close();
		assertThat(directory()).doesNotExist();
	}

	@Test
	void eventIsStoredAsTheBodyOfItsRequest() {
		SpooledEvent stored = store(spool());
		assertThat(stored.recordedAt()).isEqualTo(RECORDED_AT);
		assertThat(content().events()).containsExactly(file(stored));
		assertThat(SpoolContent.text(file(stored))).isEqualTo("""
				{"provider":"openai","model":"gpt-4o-mini","prompt_tokens":null,"completion_tokens":null,\
				"total_tokens":null,"latency_ms":null,"status":"success"}""").hasSize((int) stored.size());
		assertThat(content().keys()).containsExactly(stored.idempotencyKey());
	}

	@Test
	void filesAreForTheirOwnerOnly() throws IOException {
		Assumptions.assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
				"The file system has no POSIX permissions");
		FileSpool spool = spool();
		store(spool, 2);
		assertThat(content().files()).hasSize(4);
		for (Path file : content().files()) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
				.isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
		}
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory()))).isEqualTo("rwx------");
	}

	@Test
	void eventIsLoadedAsItWasStored() {
		FileSpool spool = spool();
		LlmUsageEvent event = EVENT.toBuilder().feature("chat").tokens(1L, 2L, 3L).build();
		SpooledEvent stored = spool.store(UUID.randomUUID().toString(), RECORDED_AT, event);
		assertThat(spool.load(stored)).usingRecursiveComparison().isEqualTo(event);
		assertThat(content().events()).hasSize(1);
	}

	@Test
	void eventIsRemoved() {
		FileSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 2);
		spool.remove(stored.get(0));
		assertThat(content().keys()).containsExactly(stored.get(1).idempotencyKey());
	}

	@Test
	void nothingIsLeftWhenAllIsRemoved() {
		FileSpool spool = spool();
		store(spool, 2).forEach(spool::remove);
		spool.close();
		assertThat(content().files()).isEmpty();
	}

	@Test
	void whatWasLeftIsAdoptedByTheNext(CapturedOutput output) {
		List<SpooledEvent> left = leave(3);
		FileSpool next = spool();
		assertThat(next.adopt()).containsExactlyInAnyOrderElementsOf(left);
		assertThat(next.adopt()).isEmpty();
		left.forEach((event) -> assertThat(next.load(event)).usingRecursiveComparison().isEqualTo(EVENT));
		assertThat(content().events()).hasSize(3);
		left.forEach(next::remove);
		next.close();
		assertThat(content().files()).isEmpty();
		assertThat(output).containsOnlyOnce("Took over 3 events");
	}

	@Test
	void oldestIsAdoptedFirstWhoeverLeftIt() {
		for (int[] ages : new int[][] { { 5, 2, 9 }, { 8, 1 }, { 3 } }) {
			FileSpool spool = spool();
			for (int age : ages) {
				spool.store(UUID.randomUUID().toString(), RECORDED_AT.minusMillis(age), EVENT);
			}
			spool.close();
		}
		assertThat(spool().adopt())
			.extracting((event) -> RECORDED_AT.toEpochMilli() - event.recordedAt().toEpochMilli())
			.containsExactly(9L, 8L, 5L, 3L, 2L, 1L);
	}

	@Test
	void whatWasAdoptedAndLeftIsAdoptedAgain() {
		List<SpooledEvent> left = leave(3);
		for (int i = 0; i < 3; i++) {
			FileSpool next = spool();
			assertThat(next.adopt()).containsExactlyInAnyOrderElementsOf(left);
			next.close();
			assertThat(content().events()).hasSize(3);
		}
	}

	@Test
	void eventsOfTheLivingAreNotAdopted() {
		FileSpool living = spool();
		List<SpooledEvent> stored = store(living, 2);
		FileSpool other = spool();
		assertThat(other.adopt()).isEmpty();
		assertThat(other.adopt()).isEmpty();
		store(living, 1);
		living.close();
		assertThat(other.adopt()).hasSize(3).containsAll(stored);
	}

	@Test
	void numberOfEventsIsBounded(CapturedOutput output) {
		FileSpool spool = spool(3, 1_000_000);
		List<SpooledEvent> stored = store(spool, 3);
		for (int i = 0; i < 5; i++) {
			assertThat(store(spool)).isNull();
			elapse(Duration.ofMinutes(2));
		}
		assertThat(content().events()).hasSize(3);
		assertThat(output).containsOnlyOnce("is full with 3 events of");
		spool.remove(stored.get(0));
		assertThat(store(spool)).isNotNull();
		assertThat(store(spool)).isNull();
		assertThat(occurrences(output, "is full")).isEqualTo(2);
	}

	@Test
	void sizeOfEventsIsBounded() {
		long size = leave(1).get(0).size();
		FileSpool spool = spool(1000, 3 * size + size / 2);
		assertThat(spool.adopt()).hasSize(1);
		store(spool, 2);
		assertThat(store(spool)).isNull();
		assertThat(content().events()).hasSize(3);
	}

	@Test
	void noMoreIsAdoptedThanThereIsRoomFor(CapturedOutput output) {
		leave(5);
		FileSpool spool = spool(3, 1_000_000);
		List<SpooledEvent> adopted = spool.adopt();
		assertThat(adopted).hasSize(3);
		assertThat(spool.adopt()).isEmpty();
		assertThat(store(spool)).isNull();
		assertThat(content().events()).hasSize(5);
		assertThat(output).containsOnlyOnce("is full");
		adopted.forEach(spool::remove);
		assertThat(spool.adopt()).hasSize(2);
		assertThat(content().events()).hasSize(2);
	}

	@Test
	void truncatedFileIsReportedAndPutAside(CapturedOutput output) throws IOException {
		List<SpooledEvent> left = leave(3);
		Files.writeString(file(left.get(0)), "{\"provider\":\"openai\",\"mod");
		Files.write(file(left.get(1)), new byte[0]);
		FileSpool spool = spool();
		assertThat(spool.adopt()).hasSize(3);
		for (SpooledEvent truncated : left.subList(0, 2)) {
			assertThat(spool.load(truncated)).isNull();
			spool.remove(truncated);
			assertThat(directory().resolve(SpoolFile.name(truncated) + ".unreadable")).exists();
		}
		assertThat(spool.load(left.get(2))).isNotNull();
		assertThat(output).containsOnlyOnce("is damaged or gone");
		spool.close();
		spool().adopt();
		assertThat(output).doesNotContain("not LLMtrack's", "can't be used");
	}

	@Test
	void fileThatIsGoneIsReported(CapturedOutput output) throws IOException {
		FileSpool spool = spool();
		SpooledEvent stored = store(spool);
		Files.delete(file(stored));
		assertThat(spool.load(stored)).isNull();
		spool.remove(stored);
		assertThat(output).containsOnlyOnce("is damaged or gone (NoSuchFileException)");
		assertThat(store(spool)).isNotNull();
	}

	@Test
	void foreignFilesAreReportedAndLeftAlone(CapturedOutput output) throws IOException {
		SpooledEvent left = leave(1).get(0);
		Path instance = file(left).getParent();
		Path inside = Files.writeString(instance.resolve("notes.txt"), "mine");
		Path outside = Files.writeString(directory().resolve("notes.txt"), "mine");
		Path uuid = Files.writeString(directory().resolve(UUID.randomUUID().toString()), "mine");
		FileSpool spool = spool();
		assertThat(spool.adopt()).containsExactly(left);
		spool.adopt();
		assertThat(output).containsOnlyOnce("has files that are not LLMtrack's");
		spool.close();
		assertThat(inside).hasContent("mine");
		assertThat(outside).hasContent("mine");
		assertThat(uuid).hasContent("mine");
	}

	@Test
	void directoryThatLooksLikeAnEventIsForeign(CapturedOutput output) throws IOException {
		SpooledEvent left = leave(1).get(0);
		Path instance = file(left).getParent();
		Files.createDirectory(instance.resolve(SpoolFile.name(UUID.randomUUID().toString(), RECORDED_AT)));
		assertThat(spool().adopt()).containsExactly(left);
		assertThat(output).containsOnlyOnce("has files that are not LLMtrack's");
	}

	@Test
	void whatWasNotWrittenToTheEndIsDeleted() throws IOException {
		SpooledEvent left = leave(1).get(0);
		Path instance = file(left).getParent();
		Files.writeString(instance.resolve(SpoolFile.temporary(SpoolFile.name(left))), "{\"provid");
		FileSpool spool = spool();
		assertThat(spool.adopt()).containsExactly(left);
		spool.remove(left);
		spool.close();
		assertThat(content().files()).isEmpty();
	}

	@Test
	void eventThatCannotBeEncodedIsNotStored(CapturedOutput output) {
		EventCodec codec = BDDMockito.mock(EventCodec.class);
		BDDMockito.given(codec.encode(EVENT)).willThrow(new IllegalStateException());
		FileSpool spool = new FileSpool(new SpoolSettings(directory(), 10, 1000), codec);
		assertThat(store(spool)).isNull();
		assertThat(output).doesNotContain("can't be used");
		spool.close();
	}

	@Test
	void closedSpoolTouchesNothingThatOthersMayOwn() {
		FileSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 2);
		spool.close();
		spool.close();
		List<Path> files = content().files();
		assertThat(spool.adopt()).isEmpty();
		spool.remove(stored.get(0));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> spool.load(stored.get(1)));
		assertThat(content().files()).isEqualTo(files);
		assertThat(spool().adopt()).hasSize(2);
	}

	@Test
	void eventThatIsStoredAfterTheEndIsLeftToOthers() {
		FileSpool spool = spool();
		spool.close();
		SpooledEvent stored = store(spool);
		FileSpool other = spool();
		assertThat(other.adopt()).containsExactly(stored);
		other.remove(stored);
		other.close();
		assertThat(content().files()).isEmpty();
	}

	@Test
	void interruptedThreadClosesItAllTheSame() {
		FileSpool spool = spool();
		store(spool, 1);
		Thread.currentThread().interrupt();
		spool.close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(spool().adopt()).hasSize(1);
	}

}
