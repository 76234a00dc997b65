// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes the advisors of chat clients, which surround a request but do not ask for
 * it. Compares names, as there may be no chat client.
 */
public final class ChatClientAdvisors {

	static final String INTERFACE = "org.springframework.ai.chat.client.advisor.api.Advisor";

	private ChatClientAdvisors() {
	}

	/**
	 * Return whether a class is an advisor, or is inside a method of one.
	 */
	public static boolean contain(@Nullable Class<?> type) {
		if (type == null) {
			return false;
		}
		boolean inner = type.isAnonymousClass() || type.isLocalClass();
		return type.getName().equals(INTERFACE) || contain(type.getSuperclass())
				|| Stream.of(type.getInterfaces()).anyMatch(ChatClientAdvisors::contain)
				|| (inner && contain(type.getEnclosingClass()));
	}

}
