// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * On a test class, records the events of the application in memory, in the
 * {@link LlmUsageEvents} bean, instead of delivering them to LLMtrack. Applies whatever
 * the properties and the environment say: no key is needed, a key that is set is not
 * used, and {@code llmtrack.enabled=false} is overridden. Sinks of the application get
 * the events, too.
 * <p>
 * Works with {@code @SpringBootTest}, with tests of slices, and with any other Spring
 * test that has Spring Boot's test support on its class path. The events are cleared
 * before each test method.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureLlmTrack {

}
