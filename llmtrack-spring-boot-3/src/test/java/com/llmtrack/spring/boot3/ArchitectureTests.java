// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.Internal;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.actuate.DeliveryHealth;
import com.llmtrack.spring.instrumentation.call.ToolExecution;
import com.llmtrack.spring.instrumentation.model.ChatClientInstrumentation;
import com.llmtrack.spring.instrumentation.model.DefaultModelInstrumentation;
import com.llmtrack.spring.instrumentation.model.ToolTap;
import com.llmtrack.spring.instrumentation.usage.SpringAiApi;
import com.llmtrack.spring.json.Json;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/**
 * Tests what this module knows of the others, which is what has to be looked at when it
 * is deleted. The others can't know it, since it comes after them.
 */
@AnalyzeClasses(packages = "com.llmtrack.spring.boot3", importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("project")
class ArchitectureTests {

	@ArchTest
	static final ArchRule onlyPortsAreKnown = ArchRuleDefinition.noClasses()
		.should()
		.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("com.llmtrack.spring..")
			.and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("com.llmtrack.spring.boot3")))
			.and(DescribedPredicate
				.not(JavaClass.Predicates.belongToAnyOf(Json.class, SpringAiApi.class, LlmTokenUsage.class,
						LlmTokenAccounting.class, DeliveryHealth.class, ChatClientInstrumentation.class,
						DefaultModelInstrumentation.class, ToolTap.class, ToolExecution.class, Internal.class)))
			// What makes proxies and what keeps lines from repeating is for everybody
			.and(DescribedPredicate.not(JavaClass.Predicates
				.resideInAnyPackage("com.llmtrack.spring.instrumentation.proxy", "com.llmtrack.spring.logging"))));

	@ArchTest
	static final ArchRule onlyServicesAndAutoConfigurationsArePublic = ArchRuleDefinition.classes()
		.that()
		.areNotAssignableTo(Json.class)
		.and()
		.areNotAssignableTo(SpringAiApi.class)
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.and()
		// A package
		.doNotHaveSimpleName("package-info")
		.should()
		.notHaveModifier(JavaModifier.PUBLIC);

}
