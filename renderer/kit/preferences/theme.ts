import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const brand: MantineColorsTuple = [
  '#e9f0fb',
  '#d3e1f7',
  '#a9c6f2',
  '#8fb7ff',
  '#78a9ff',
  '#3f7fd9',
  '#1f5fbf',
  '#1b53a7',
  '#16458c',
  '#10366f',
];

/** Mantine's dark greys in our hue: fields and menus are made of them. */
const dark: MantineColorsTuple = [
  '#e7ebf0',
  '#c9d1d9',
  '#a9b4bf',
  '#8f9ba7',
  '#3a444f',
  '#2f3841',
  '#212932',
  '#1a2028',
  '#151b22',
  '#0f141a',
];

/**
 * One visual language: Mantine's components take their sizes and the blue from here, our own CSS takes the
 * variables below.
 */
export const theme = createTheme({
  fontFamily: "'Golos Text Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'Golos Text Variable', system-ui, sans-serif",
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  colors: { brand, dark },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '16px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: {
      defaultProps: { size: 'sm', fw: 550, px: 11 },
      // Mantine picks one contrast colour for both schemes; ours differ.
      vars: (_theme: unknown, { variant }: { variant?: string }) => ({
        root:
          variant === undefined || variant === 'filled' ? { '--button-color': 'var(--pult-on-brand)' } : {},
      }),
    },
    Modal: {
      defaultProps: {
        yOffset: '10vh',
        // There or not: keys pressed while a dialog fades would be neither its own nor the screen's.
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
      styles: { title: { fontWeight: 600 } },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 60 } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
  },
});

const light = {
  '--pult-ink': '#17202a',
  '--pult-soft': '#4c5864',
  '--pult-faint': '#5f6a76',
  '--pult-line': '#e3e7eb',
  '--pult-bg': '#f6f7f9',
  '--pult-card': '#ffffff',
  '--pult-brand': '#1f5fbf',
  '--pult-brand-soft': '#e9f0fb',
  '--pult-on-brand': '#ffffff',
  '--pult-late': '#b8232a',
  '--pult-late-soft': '#fdecec',
  '--pult-warn': '#8f5300',
  '--pult-warn-soft': '#fff4e0',
  '--pult-ok': '#1b7f4b',
};

const night: typeof light = {
  '--pult-ink': '#e7ebf0',
  '--pult-soft': '#a9b4bf',
  '--pult-faint': '#8f9ba7',
  '--pult-line': '#2a323b',
  '--pult-bg': '#12171d',
  '--pult-card': '#1a2028',
  '--pult-brand': '#78a9ff',
  '--pult-brand-soft': '#1d2c44',
  '--pult-on-brand': '#0d1420',
  '--pult-late': '#ff8f94',
  '--pult-late-soft': '#3b1f22',
  '--pult-warn': '#f0b45a',
  '--pult-warn-soft': '#372a15',
  '--pult-ok': '#66c796',
};

/** Mantine's own surfaces follow ours, so that a menu or a field never brings a third grey. */
const surfaces = {
  '--mantine-color-body': 'var(--pult-card)',
  '--mantine-color-text': 'var(--pult-ink)',
  '--mantine-color-dimmed': 'var(--pult-soft)',
  '--mantine-color-placeholder': 'var(--pult-faint)',
  '--mantine-color-default': 'var(--pult-card)',
  '--mantine-color-default-hover': 'var(--pult-bg)',
  '--mantine-color-default-border': 'var(--pult-line)',
  '--mantine-color-error': 'var(--pult-late)',
};

/** See {@link theme}. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...light, ...surfaces },
  dark: { ...night, ...surfaces },
});
