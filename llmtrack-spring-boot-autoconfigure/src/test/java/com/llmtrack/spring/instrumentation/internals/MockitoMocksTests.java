// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

/**
 * Fails if Mockito mocks are no longer recognised.
 */
class MockitoMocksTests {

	@Test
	void mocksAndSpiesAreRecognized() {
		List<String> mock = mock();
		assertThat(MockitoMocks.isMock(mock)).isTrue();
		assertThat(MockitoMocks.isMock(spy(new ArrayList<>()))).isTrue();
		assertThat(MockitoMocks.isMock(new ArrayList<>())).isFalse();
	}

	@Test
	void spiesAreToldFromMocks() {
		List<String> mock = mock();
		assertThat(MockitoMocks.isSpy(mock)).isFalse();
		assertThat(MockitoMocks.isSpy(spy(new ArrayList<>()))).isTrue();
		assertThat(MockitoMocks.isSpy(new ArrayList<>())).isFalse();
	}

	@Test
	void spyIsRecognizedBehindAProxy() {
		Object proxy = new ProxyFactory(spy(new ArrayList<>())).getProxy();
		assertThat(MockitoMocks.isMock(proxy)).isTrue();
		assertThat(MockitoMocks.isSpy(proxy)).isTrue();
	}

}
