// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeliveryLogTests {

	private static final String OUTAGE = "LLMtrack can't take events right now (HTTP 500)";

	private static final String END = "LLMtrack takes events again";

	private long now = Long.MAX_VALUE;

	private final DeliveryHistory history = new DeliveryHistory(InstantSource.system());

	private final DeliveryLog log = new DeliveryLog(() -> this.now, this.history, true);

	@ParameterizedTest
	@CsvSource(textBlock = """
			WAITING,        WARN,  llmtrack.base-url
			KEY_REFUSED,    ERROR, your LLMtrack dashboard that the key in llmtrack.api-key is active
			PLAN_EXHAUSTED, WARN,  upgrade the plan in your LLMtrack dashboard
			MISDIRECTED,    WARN,  llmtrack.base-url
			REJECTING,      WARN,  newer version
			""")
	void stateIsReportedWithItsReasonAndWhatToDo(DeliveryState state, String level, String advice,
			CapturedOutput output) {
		this.log.reportState(state, "HTTP 418, error: teapot", 42);
		assertThat(output).contains(level, "HTTP 418, error: teapot", advice, "42");
		assertThat(lines(output)).isOne();
	}

	@Test
	void stateThatLastsIsReportedOnce(CapturedOutput output) {
		for (int i = 0; i < 10; i++) {
			this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
			elapse(Duration.ofMinutes(10));
		}
		assertThat(occurrences(output, OUTAGE)).isOne();
	}

	@Test
	void endOfAStateIsReportedOnce(CapturedOutput output) {
		this.log.reportState(DeliveryState.ACTIVE, "", 0);
		assertThat(output).doesNotContain(END);
		this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
		this.log.reportState(DeliveryState.ACTIVE, "", 7);
		this.log.reportState(DeliveryState.ACTIVE, "", 0);
		assertThat(occurrences(output, END + "; 7 pending")).isOne();
	}

	@Test
	void stateThatComesAndGoesIsReportedOncePerMinute(CapturedOutput output) {
		for (int i = 0; i < 120; i++) {
			this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
			this.log.reportState(DeliveryState.ACTIVE, "", 0);
			elapse(Duration.ofSeconds(1));
		}
		assertThat(occurrences(output, OUTAGE)).isEqualTo(2);
		assertThat(occurrences(output, END)).isEqualTo(2);
	}

	@Test
	void stateThatBeganShortlyAfterAnotherOfItsKindIsReportedIfItLasts(CapturedOutput output) {
		this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
		this.log.reportState(DeliveryState.ACTIVE, "", 0);
		elapse(Duration.ofSeconds(30));
		this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
		assertThat(occurrences(output, OUTAGE)).isOne();
		elapse(Duration.ofSeconds(30));
		this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
		assertThat(occurrences(output, OUTAGE)).isEqualTo(2);
		this.log.reportState(DeliveryState.ACTIVE, "", 0);
		assertThat(occurrences(output, END)).isEqualTo(2);
	}

	@Test
	void anotherKindOfStateIsReportedAtOnce(CapturedOutput output) {
		this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
		this.log.reportState(DeliveryState.KEY_REFUSED, "HTTP 401", 1);
		assertThat(output).contains(OUTAGE, "LLMtrack refuses the key (HTTP 401)");
	}

	@Test
	void overflowIsReportedOncePerMinute(CapturedOutput output) {
		for (int i = 1; i <= 61; i++) {
			this.log.overflowed(10, i);
			elapse(Duration.ofSeconds(1));
		}
		assertThat(occurrences(output, "The queue of 10 events is full")).isEqualTo(2);
		assertThat(output).contains("(1 so far)", "(61 so far)");
	}

	@Test
	void whatFailsInsideIsReportedOncePerMinute(CapturedOutput output) {
		for (int i = 1; i <= 61; i++) {
			this.log.internalFailure(new IllegalStateException("of our own"));
			this.log.listenerFailure(new IllegalStateException("of somebody else"));
			elapse(Duration.ofSeconds(1));
		}
		assertThat(occurrences(output, "Delivery to LLMtrack failed unexpectedly")).isEqualTo(2);
		assertThat(occurrences(output, "A listener to the delivery to LLMtrack failed")).isEqualTo(2);
	}

	@Test
	void historyHasTheReasonThatIsTrueNow() {
		this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
		this.log.reportState(DeliveryState.WAITING, "HTTP 503", 1);
		assertThat(lastProblem()).isEqualTo("LLMtrack can't take events right now (HTTP 503)");
		this.log.reportState(DeliveryState.KEY_REFUSED, "HTTP 401", 1);
		this.log.reportState(DeliveryState.ACTIVE, "", 0);
		// Too soon for another line
		this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
		assertThat(lastProblem()).isEqualTo(OUTAGE);
	}

	@Test
	void problemThatLastsDoesNotDriveOthersOutOfTheHistory() {
		this.log.reportState(DeliveryState.KEY_REFUSED, "HTTP 401", 1);
		for (int i = 0; i < 30; i++) {
			this.log.reportState(DeliveryState.WAITING, "HTTP 500", 1);
			this.log.overflowed(10, i);
			elapse(Duration.ofMinutes(10));
		}
		assertThat(this.history.problems()).hasSize(3);
	}

	private String lastProblem() {
		return this.history.problems().get(0).problem();
	}

	@Test
	void eventsThatAreOnlyInMemoryAreSaidToBe(CapturedOutput output) {
		this.log.reportState(DeliveryState.WAITING, "HTTP 500", 7);
		this.log.leftBehind(7, DeliveryState.WAITING, Duration.ZERO);
		assertThat(output).contains("Pending events are kept in memory: 7.",
				"To keep them for the next start, set llmtrack.spool.directory.");
	}

	@Test
	void nothingIsSaidOfMemoryWhereThereIsASpool(CapturedOutput output) {
		DeliveryLog log = new DeliveryLog(() -> this.now, this.history, false);
		log.reportState(DeliveryState.WAITING, "HTTP 500", 7);
		log.leftBehind(7, DeliveryState.WAITING, Duration.ZERO);
		assertThat(output).contains("Pending events are kept: 7.", "7 events were not delivered")
			.doesNotContain("memory", "llmtrack.spool.directory");
	}

	private void elapse(Duration duration) {
		this.now += duration.toNanos();
	}

	private static long lines(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("com.llmtrack.spring.delivery")).count();
	}

	private static int occurrences(CapturedOutput output, String text) {
		return AbstractEventDispatcherTests.occurrences(output, text);
	}

}
