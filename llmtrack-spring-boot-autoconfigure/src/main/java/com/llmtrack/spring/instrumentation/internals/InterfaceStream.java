// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;

/**
 * A stream of beans that also has the type of the beans. The bean factory requires this
 * type of a value that a resolver suggests for a dependency, also where it then expects a
 * stream.
 */
final class InterfaceStream {

	private InterfaceStream() {
	}

	/**
	 * Return a stream with another type in addition.
	 * @param type the interface to implement; none of its methods may be called
	 * @param beans the stream
	 * @return the stream, as an object of both types
	 */
	static Object of(Class<?> type, Stream<?> beans) {
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type, Stream.class },
				(proxy, method, arguments) -> {
					try {
						return method.invoke(beans, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
