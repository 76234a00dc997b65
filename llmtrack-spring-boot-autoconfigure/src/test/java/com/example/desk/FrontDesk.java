// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.desk;

import java.util.function.Supplier;

/**
 * An application whose requests are made by another package.
 */
public final class FrontDesk {

	private FrontDesk() {
	}

	public static String ask(Supplier<String> question) {
		return question.get();
	}

}
