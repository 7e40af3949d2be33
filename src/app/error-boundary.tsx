import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import classes from './error-boundary.module.css';
import { describeMissingPart, isMissingPart } from './missing-part';

interface Props {
  /** What is missing while the error lasts: "The map". */
  place: string;
  children: ReactNode;
}

/** Keeps an error in one part of the page from taking the rest with it. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const isMissing = isMissingPart(error);
    return (
      <div role="alert" className={classes.fallback}>
        <p className={classes.headline}>
          {this.props.place} could not be {isMissing ? 'loaded' : 'drawn'}.
        </p>
        <p>
          {isMissing
            ? describeMissingPart()
            : 'Your texts and vectors are kept in this browser. Try again, or reload the page.'}
        </p>
        <Button
          variant="default"
          // A script that did not come is not asked for again by the page that missed it.
          onClick={() => (isMissing ? location.reload() : this.setState({ error: null }))}
        >
          {isMissing ? 'Reload the page' : 'Try again'}
        </Button>
        <details>
          <summary>Details</summary>
          {error.message}
        </details>
      </div>
    );
  }
}
