<?php
/**
 * Plugin Name: Help button
 * Description: Puts the support form on every page.
 * Put this file into wp-content/plugins/ and switch it on under Plugins.
 */

add_action( 'wp_footer', function () {
	$user = wp_get_current_user();
	printf(
		'<script async src="https://desk.example.com/eclipse-ticket-widget.js" data-eclipse-tickets data-organization-id="acme" data-locale="%s" data-prefill-name="%s" data-prefill-email="%s"></script>',
		esc_attr( get_locale() ),
		esc_attr( $user->exists() ? $user->display_name : '' ),
		esc_attr( $user->exists() ? $user->user_email : '' )
	);
} );
