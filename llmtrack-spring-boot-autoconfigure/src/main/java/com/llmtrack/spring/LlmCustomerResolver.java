/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Says whom a model request is made for. A bean of this type is asked whenever a request
 * starts, on the thread that starts it, and so should be quick; what it throws is logged
 * and otherwise ignored.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmCustomerResolver {

	/**
	 * Return the customer that the current thread works for.
	 * @return the customer, or {@code null} if there is none
	 */
	@Nullable LlmCustomer resolve();

	/**
	 * Return the customer that a stream works for. The thread that subscribes to it often
	 * belongs to nobody.
	 * @param context the Reactor context of the stream's subscriber
	 * @return the customer, or {@code null} if there is none; by default that of the
	 * current thread
	 */
	default @Nullable LlmCustomer resolve(ContextView context) {
		return resolve();
	}

}
