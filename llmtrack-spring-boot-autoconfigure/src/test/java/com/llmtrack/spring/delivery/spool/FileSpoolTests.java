// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
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
		SpooledEvent stored = store(spool, RECORDED_AT, event);
		assertThat(load(spool, stored)).usingRecursiveComparison().isEqualTo(event);
		assertThat(content().events()).hasSize(1);
	}

	@Test
	void eventIsRemoved() {
		FileSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 2);
		remove(spool, stored.get(0));
		assertThat(content().keys()).containsExactly(stored.get(1).idempotencyKey());
	}

	@Test
	void nothingIsLeftWhenAllIsRemoved() {
		FileSpool spool = spool();
		spool.remove(store(spool, 2));
		spool.close();
		assertThat(content().files()).isEmpty();
	}

	@Test
	void whatWasLeftIsAdoptedByTheNext(CapturedOutput output) {
		List<SpooledEvent> left = leave(3);
		FileSpool next = spool();
		assertThat(next.upkeep().adopted()).containsExactlyInAnyOrderElementsOf(left);
		assertThat(next.upkeep().adopted()).isEmpty();
		left.forEach((event) -> assertThat(load(next, event)).usingRecursiveComparison().isEqualTo(EVENT));
		assertThat(content().events()).hasSize(3);
		next.remove(left);
		next.close();
		assertThat(content().files()).isEmpty();
		assertThat(output).containsOnlyOnce("Took over 3 events");
	}

	@Test
	void oldestIsAdoptedFirstWhoeverLeftIt() {
		for (int[] ages : new int[][] { { 5, 2, 9 }, { 8, 1 }, { 3 } }) {
			FileSpool spool = spool();
			for (int age : ages) {
				store(spool, RECORDED_AT.minusMillis(age), EVENT);
			}
			spool.close();
		}
		assertThat(spool().upkeep().adopted())
			.extracting((event) -> RECORDED_AT.toEpochMilli() - event.recordedAt().toEpochMilli())
			.containsExactly(9L, 8L, 5L, 3L, 2L, 1L);
	}

	@Test
	void whatWasAdoptedAndLeftIsAdoptedAgain() {
		List<SpooledEvent> left = leave(3);
		for (int i = 0; i < 3; i++) {
			FileSpool next = spool();
			assertThat(next.upkeep().adopted()).containsExactlyInAnyOrderElementsOf(left);
			next.close();
			assertThat(content().events()).hasSize(3);
		}
	}

	@Test
	void eventsOfTheLivingAreNotAdopted() {
		FileSpool living = spool();
		List<SpooledEvent> stored = store(living, 2);
		FileSpool other = spool();
		assertThat(other.upkeep().adopted()).isEmpty();
		assertThat(other.upkeep().adopted()).isEmpty();
		store(living, 1);
		living.close();
		assertThat(other.upkeep().adopted()).hasSize(3).containsAll(stored);
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
		remove(spool, stored.get(0));
		assertThat(store(spool)).isNotNull();
		assertThat(store(spool)).isNull();
		assertThat(occurrences(output, "is full")).isEqualTo(2);
	}

	@Test
	void sizeOfEventsIsBounded() {
		long size = leave(1).get(0).size();
		FileSpool spool = spool(1000, 3 * size + size / 2);
		assertThat(spool.upkeep().adopted()).hasSize(1);
		store(spool, 2);
		assertThat(store(spool)).isNull();
		assertThat(content().events()).hasSize(3);
	}

	@Test
	void noMoreIsAdoptedThanThereIsRoomFor(CapturedOutput output) {
		leave(5);
		FileSpool spool = spool(3, 1_000_000);
		List<SpooledEvent> adopted = spool.upkeep().adopted();
		assertThat(adopted).hasSize(3);
		assertThat(spool.upkeep().adopted()).isEmpty();
		assertThat(store(spool)).isNull();
		assertThat(content().events()).hasSize(5);
		assertThat(output).containsOnlyOnce("is full");
		spool.remove(adopted);
		assertThat(spool.upkeep().adopted()).hasSize(2);
		assertThat(content().events()).hasSize(2);
	}

	@Test
	void truncatedFileIsReportedAndPutAside(CapturedOutput output) throws IOException {
		List<SpooledEvent> left = leave(3);
		Files.writeString(file(left.get(0)), "{\"provider\":\"openai\",\"mod");
		Files.write(file(left.get(1)), new byte[0]);
		FileSpool spool = spool();
		assertThat(spool.upkeep().adopted()).hasSize(3);
		for (SpooledEvent truncated : left.subList(0, 2)) {
			assertThat(isLost(spool, truncated)).isTrue();
			remove(spool, truncated);
			assertThat(directory().resolve(SpoolFile.name(truncated) + ".unreadable")).exists();
		}
		assertThat(load(spool, left.get(2))).isNotNull();
		assertThat(output).containsOnlyOnce("is damaged or gone");
		spool.close();
		spool().upkeep();
		assertThat(output).doesNotContain("not LLMtrack's", "can't be used");
	}

	@Test
	void fileThatIsGoneIsReported(CapturedOutput output) throws IOException {
		FileSpool spool = spool();
		SpooledEvent stored = store(spool);
		Files.delete(file(stored));
		assertThat(isLost(spool, stored)).isTrue();
		remove(spool, stored);
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
		assertThat(spool.upkeep().adopted()).containsExactly(left);
		spool.upkeep();
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
		assertThat(spool().upkeep().adopted()).containsExactly(left);
		assertThat(output).containsOnlyOnce("has files that are not LLMtrack's");
	}

	@Test
	void whatWasNotWrittenToTheEndIsDeleted() throws IOException {
		SpooledEvent left = leave(1).get(0);
		Path instance = file(left).getParent();
		Files.writeString(instance.resolve(SpoolFile.temporary(SpoolFile.name(left))), "{\"provid");
		FileSpool spool = spool();
		assertThat(spool.upkeep().adopted()).containsExactly(left);
		remove(spool, left);
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
		assertThat(spool.upkeep().adopted()).isEmpty();
		remove(spool, stored.get(0));
		assertThat(load(spool, stored.get(1))).isNull();
		assertThat(content().files()).isEqualTo(files);
		assertThat(spool().upkeep().adopted()).hasSize(2);
	}

	@Test
	void eventThatIsStoredAfterTheEndIsLeftToOthers() {
		FileSpool spool = spool();
		spool.close();
		SpooledEvent stored = store(spool);
		FileSpool other = spool();
		assertThat(other.upkeep().adopted()).containsExactly(stored);
		remove(other, stored);
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
		assertThat(spool().upkeep().adopted()).hasSize(1);
	}

}
