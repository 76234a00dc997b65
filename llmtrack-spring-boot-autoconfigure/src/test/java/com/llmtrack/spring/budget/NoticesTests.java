// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

import com.llmtrack.spring.LlmBudgetAccount;
import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.budget.Account.Level;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Notices}.
 */
@ExtendWith(OutputCaptureExtension.class)
class NoticesTests {

	private static final ZonedDateTime START = ZonedDateTime.of(2026, 12, 1, 0, 0, 0, 0, ZoneOffset.UTC);

	/**
	 * Of the whole numbers, 29 and 57 percent are a little less as a double.
	 */
	@ParameterizedTest
	@CsvSource({ "999, 1000, 99", "1.999999999, 2, 99", "29, 100, 29", "0.57, 1, 57", "8E+1, 1E+2, 80", "0.4, 50, 0" })
	void percentagesAreRoundedDown(BigDecimal spent, BigDecimal limit, int percentage, CapturedOutput output) {
		Notices notices = new Notices((event) -> {
		});
		notices.tell(Level.WARNING,
				new LlmBudgetAccount("a", null, LlmBudgetUnit.USD, limit, spent, START, START.plusMonths(1)), false);
		notices.close();
		assertThat(output).containsOnlyOnce(" USD spent (" + percentage + " %) until 2027-01-01T00:00Z.");
	}

}
