import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { modelColourVariables } from '@/gl/palettes';

const iris: MantineColorsTuple = [
  '#ECEBFB',
  '#DAD9F6',
  '#BFBDF5',
  '#A5A3F6',
  '#8E8CF5',
  '#6A68DE',
  '#4B49C9',
  '#403EB5',
  '#33329A',
  '#26264A',
];
const gray: MantineColorsTuple = [
  '#F6F7F9',
  '#F1F3F6',
  '#E4E7EB',
  '#D3D8DE',
  '#C9CED6',
  '#9AA3AE',
  '#67707C',
  '#57606C',
  '#2C333C',
  '#171B21',
];
const dark: MantineColorsTuple = [
  '#E8EBEF',
  '#A6AFBB',
  '#87919E',
  '#5C6672',
  '#38404B',
  '#272D36',
  '#1E232B',
  '#161A20',
  '#101318',
  '#0E1116',
];

const fontFamily = 'Inter, "Inter Variable", system-ui, sans-serif';

const height = (values: Record<string, number>, size: unknown) =>
  `${values[typeof size === 'string' ? size : 'sm'] ?? values.sm}px`;
/** Filled in the accent, whose text colour the library cannot work out from a variable. */
const isAccentFilled = ({ variant, color }: { variant?: unknown; color?: unknown }) =>
  (variant ?? 'filled') === 'filled' && color === undefined;
const controlHeights = { xs: 24, sm: 28, md: 32 };

/** The component library in the product's dress: dense controls, one accent, 12 px text. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  defaultRadius: 6,
  fontFamily,
  headings: { fontFamily, fontWeight: '600' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '16px', sm: '16px', md: '18px', lg: '20px', xl: '22px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '4px', md: '6px', lg: '8px', xl: '8px' },
  colors: { iris, gray, dark },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: 'sm', fw: 500 },
      vars: (_theme: unknown, props: { size?: unknown; variant?: unknown; color?: unknown }) => ({
        root: {
          '--button-height': height(controlHeights, props.size),
          '--button-padding-x': '10px',
          '--button-fz': '12px',
          ...(isAccentFilled(props) ? { '--button-color': 'var(--on-accent)' } : {}),
        },
      }),
    },
    ActionIcon: {
      defaultProps: { size: 28, variant: 'subtle', color: 'gray' },
    },
    Input: {
      defaultProps: { size: 'sm' },
      vars: (_theme: unknown, props: { size?: unknown }) => ({
        wrapper: { '--input-height': height({ xs: 24, sm: 32, md: 32 }, props.size), '--input-fz': '12px' },
      }),
    },
    InputWrapper: {
      vars: () => ({
        label: { '--input-label-size': '11px' },
        error: { '--input-error-size': '11px' },
        description: { '--input-description-size': '11px' },
      }),
    },
    Tooltip: {
      defaultProps: { openDelay: 300, fz: 11, withArrow: false, multiline: true, maw: 244 },
      vars: () => ({ tooltip: { '--tooltip-bg': 'var(--text)', '--tooltip-color': 'var(--panel)' } }),
    },
    Menu: {
      defaultProps: { shadow: 'md', radius: 8, withinPortal: false, withInitialFocusPlaceholder: false },
    },
    Popover: { defaultProps: { shadow: 'md', radius: 8, withinPortal: false } },
    Modal: {
      defaultProps: {
        radius: 8,
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        attributes: { header: { role: 'presentation' } },
      },
    },
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    // A list that scrolls is reached by the keyboard.
    SpotlightActionsList: { defaultProps: { viewportProps: { tabIndex: 0 } } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs', radius: 4 } },
    Radio: { defaultProps: { size: 'xs' } },
  },
});

/** Hands the product's greys and meanings to the component library. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const common = {
    '--mantine-color-body': 'var(--panel)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-default': 'var(--panel)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-error': 'var(--error)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-shadow-md': 'var(--shadow-floating)',
    '--mantine-shadow-sm': 'var(--shadow-control)',
  };
  return {
    variables: common,
    light: { ...common, ...modelColourVariables(false) },
    dark: { ...common, ...modelColourVariables(true) },
  };
};
