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

package com.llmtrack.spring.delivery.http;

/**
 * Says in its message, which quotes no other one, why there is no HTTP client.
 */
@SuppressWarnings("serial")
final class ClientSetupException extends RuntimeException {

	ClientSetupException(String culprit, Throwable cause) {
		super(culprit + " failed with " + cause.getClass().getName(), cause);
	}

}
